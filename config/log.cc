#include "config/log.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace rosterd {
namespace {

// One per process, as stderr is: passing it to everyone who may want to say something would put a
// logger into every constructor.
Priority lowest_written = Priority::kInfo;
void (*log_sink)(std::string_view line) = nullptr;

bool IsControl(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

void Log(Priority priority, std::string_view text) {
  if (priority > lowest_written) return;

  std::string line = "<" + std::to_string(static_cast<int>(priority)) + ">";
  const size_t start = line.size();
  line += text;
  std::replace_if(line.begin(), line.end(), IsControl, '?');
  if (log_sink != nullptr) return log_sink(std::string_view(line).substr(start));
  line += '\n';
  // When stderr itself is gone there is nobody left to tell.
  while (::write(STDERR_FILENO, line.data(), line.size()) < 0 && errno == EINTR) {
  }
}

void SetLogSink(void (*sink)(std::string_view line)) { log_sink = sink; }

void SetLogLevel(Priority lowest) { lowest_written = lowest; }

}  // namespace rosterd
