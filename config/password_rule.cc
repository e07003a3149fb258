#include "config/password_rule.h"

#include <algorithm>
#include <string>

namespace rosterd::config {
namespace {

constexpr size_t kMostBytes = 255;

std::string_view WithoutDelimiters(std::string_view rule, bool& ignores_case) {
  const size_t end = rule.rfind('/');
  if (!rule.starts_with('/') || end == 0) return rule;
  ignores_case = rule.find('i', end) != std::string_view::npos;
  return rule.substr(1, end - 1);
}

bool IsControl(char byte) { return (byte >= 0 && byte < ' ') || byte == '\x7f'; }

}  // namespace

std::regex CompilePasswordRule(std::string_view rule) {
  bool ignores_case = false;
  const std::string pattern(WithoutDelimiters(rule, ignores_case));
  // The engine that takes time in proportion to the text, and no stack.
  auto flags = std::regex::ECMAScript | std::regex_constants::__polynomial;
  if (ignores_case) flags |= std::regex::icase;
  return std::regex(pattern, flags);
}

bool IsPasswordRule(std::string_view rule) {
  if (rule.size() > kMostBytes || std::ranges::any_of(rule, IsControl)) return false;
  try {
    CompilePasswordRule(rule);
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

}  // namespace rosterd::config
