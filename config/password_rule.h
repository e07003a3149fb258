#pragma once

#include <regex>
#include <string_view>

namespace rosterd::config {

/// The pattern of a rule for passwords (`bedita.password_policy.rule`), in the grammar of
/// ECMAScript, also between slashes as PHP writes it: "/^.{8,}$/i". Throws std::regex_error when it
/// is none.
std::regex CompilePasswordRule(std::string_view rule);

/// True for a rule in one line that can be compiled, and for the empty one.
bool IsPasswordRule(std::string_view rule);

}  // namespace rosterd::config
