#include "db/time.h"

#include <string>

#include "config/time_text.h"

namespace rosterd::db {
namespace {

constexpr size_t kSecondsLength = 19;  // of "2026-11-22 08:00:00"
constexpr size_t kMostDecimals = 6;

// The number that all of `text` is, digits alone.
std::optional<int> Digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool HasForm(std::string_view text) {
  return text.size() >= kSecondsLength && text[4] == '-' && text[7] == '-' && text[10] == ' ' &&
         text[13] == ':' && text[16] == ':';
}

// ".5" is 500,000; "" is 0.
std::optional<std::chrono::microseconds> Fraction(std::string_view text) {
  if (text.empty()) return std::chrono::microseconds{0};
  if (text.front() != '.' || text.size() < 2 || text.size() > kMostDecimals + 1)
    return std::nullopt;
  auto value = Digits(text.substr(1));
  if (!value) return std::nullopt;
  for (size_t decimals = text.size() - 1; decimals < kMostDecimals; ++decimals) *value *= 10;
  return std::chrono::microseconds{*value};
}

}  // namespace

std::string ToSql(Time time) {
  std::string text;
  text.reserve(kSecondsLength + 1 + kMostDecimals);
  AppendTime(text, time, ' ', kMostDecimals);
  return text;
}

std::optional<Time> FromSql(std::string_view text) {
  if (!HasForm(text)) return std::nullopt;
  const auto year = Digits(text.substr(0, 4));
  const auto month = Digits(text.substr(5, 2));
  const auto day = Digits(text.substr(8, 2));
  const auto hour = Digits(text.substr(11, 2));
  const auto minute = Digits(text.substr(14, 2));
  const auto second = Digits(text.substr(17, 2));
  const auto fraction = Fraction(text.substr(kSecondsLength));
  if (!year || !month || !day || !hour || !minute || !second || !fraction) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} + *fraction;
}

Time Now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace rosterd::db
