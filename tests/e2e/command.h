#pragma once

#include <string>
#include <vector>

namespace rosterd::testing {

/// How a program ended.
struct CommandResult {
  int status = -1;  ///< exit status, or 128 + the signal
  std::string out;  ///< what it wrote to stdout
  std::string err;  ///< what it wrote to stderr
};

/// Runs a program to its end; `words` are its path and arguments, `environment` texts NAME=VALUE in
/// addition to ours. Throws std::runtime_error when it takes longer than three minutes.
CommandResult RunCommand(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment = {});

}  // namespace rosterd::testing
