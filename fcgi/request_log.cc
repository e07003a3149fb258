#include "fcgi/request_log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/log.h"
#include "config/time_text.h"

namespace rosterd::fcgi {
namespace {

void AppendNumber(std::string& line, std::string_view key, int64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  line += key;
  line.append(digits.data(), end.ptr);
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
  using std::chrono::microseconds;
  AppendTime(line, std::chrono::floor<microseconds>(std::chrono::system_clock::now()), 'T', 3);
  line += 'Z';
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
