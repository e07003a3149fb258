#pragma once

#include <string>
#include <vector>

namespace rosterd::ctl {

/// What RunProgram gives for a program that is not there.
constexpr int kNoSuchProgram = 127;

/// Runs a program, found as a shell finds it, with its standard output in the descriptor `output`
/// and, unless `errors` is negative, its standard error output in `errors`. Gives its exit status.
int RunProgram(const std::vector<std::string>& command, int output, int errors = -1);

}  // namespace rosterd::ctl
