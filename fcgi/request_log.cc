#include "fcgi/request_log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/log.h"

namespace rosterd::fcgi {
namespace {

void AppendNumber(std::string& line, std::string_view key, int64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  line += key;
  line.append(digits.data(), end.ptr);
}

// The last `size` digits.
void AppendDigits(std::string& line, int64_t number, size_t size) {
  line.append(size, '0');
  for (size_t place = line.size(); size > 0; --size, number /= 10) {
    line[--place] = static_cast<char>('0' + number % 10);
  }
}

// "2026-03-01T12:00:00.123Z"
void AppendTime(std::string& line, std::chrono::system_clock::time_point now) {
  using std::chrono::floor;
  const auto day = floor<std::chrono::days>(now);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{floor<std::chrono::milliseconds>(now) - day};
  AppendDigits(line, static_cast<int>(date.year()), 4);
  line += '-';
  AppendDigits(line, static_cast<unsigned>(date.month()), 2);
  line += '-';
  AppendDigits(line, static_cast<unsigned>(date.day()), 2);
  line += 'T';
  AppendDigits(line, clock.hours().count(), 2);
  line += ':';
  AppendDigits(line, clock.minutes().count(), 2);
  line += ':';
  AppendDigits(line, clock.seconds().count(), 2);
  line += '.';
  AppendDigits(line, clock.subseconds().count(), 3);
  line += 'Z';
}

// The method is the one word of the line that a client may choose.
std::string_view SafeMethod(std::string_view method) {
  constexpr size_t kLongest = 16;
  const bool plain =
      !method.empty() && method.size() <= kLongest &&
      std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return plain ? method : "-";
}

}  // namespace

void LogRequest(const Request& request, const Response& response, const RequestTimes& times) {
  constexpr size_t kUsualSize = 256;
  std::string line;
  line.reserve(kUsualSize);
  line += "time=";
  AppendTime(line, std::chrono::system_clock::now());
  line += " id=";
  line += request.request_id;
  line += " dialect=";
  line += request.dialect.empty() ? "-" : request.dialect;
  line += " method=";
  line += SafeMethod(request.method);
  line += " route=";
  line += response.route;
  AppendNumber(line, " status=", response.status);
  AppendNumber(line, " us=", times.total.count());
  AppendNumber(line, " db_us=", times.database.count());
  line += " person=";
  line += std::to_string(response.person);
  Log(response.status >= 500 ? Priority::kWarning : Priority::kInfo, line);
}

}  // namespace rosterd::fcgi
