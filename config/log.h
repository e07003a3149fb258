#pragma once

#include <string_view>

namespace rosterd {

/// Priorities of syslog(3), which journald reads from the "<N>" in front of a line.
enum class Priority { kError = 3, kWarning = 4, kNotice = 5, kInfo = 6, kDebug = 7 };

/// Writes one line "<N>text" to stderr with a single write(2). Control characters in the text are
/// written as "?", so that nobody can forge a line. Never pass a secret, a body or a query string.
void Log(Priority priority, std::string_view text);

/// Hands lines to `sink` instead of stderr, without the priority in front; for programs that talk
/// to people. nullptr = stderr again.
void SetLogSink(void (*sink)(std::string_view line));

/// Lines below this priority are dropped; kInfo at first.
void SetLogLevel(Priority lowest);

}  // namespace rosterd
