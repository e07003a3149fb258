#include "config/time_text.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace rosterd {
namespace {

constexpr size_t kMostDecimals = 6;

/// Appends a number with zeros in front, `least` digits at least, and what stands behind it.
void AppendDigits(std::string& text, int64_t number, size_t least, char behind) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  const auto size = static_cast<size_t>(end.ptr - digits.data());
  if (size < least) text.append(least - size, '0');
  text.append(digits.data(), size);
  text += behind;
}

}  // namespace

void AppendTime(std::string& text, std::chrono::sys_time<std::chrono::microseconds> time,
                char between, size_t decimals) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  AppendDigits(text, static_cast<int>(date.year()), 4, '-');
  AppendDigits(text, static_cast<unsigned>(date.month()), 2, '-');
  AppendDigits(text, static_cast<unsigned>(date.day()), 2, between);
  AppendDigits(text, clock.hours().count(), 2, ':');
  AppendDigits(text, clock.minutes().count(), 2, ':');
  AppendDigits(text, clock.seconds().count(), 2, '.');
  AppendDigits(text, clock.subseconds().count(), kMostDecimals, ' ');
  text.resize(text.size() - 1 - (kMostDecimals - decimals));
}

}  // namespace rosterd
