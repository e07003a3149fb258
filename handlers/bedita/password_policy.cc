#include "handlers/bedita/password_policy.h"

#include <chrono>
#include <regex>
#include <string>

#include "handlers/bedita/search_words.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostBytes = 4096;

// As PHP writes a rule: "/^.{8,}$/i".
std::string_view WithoutDelimiters(std::string_view rule, bool& ignores_case) {
  const size_t end = rule.rfind('/');
  if (!rule.starts_with('/') || end == 0) return rule;
  ignores_case = rule.find('i', end) != std::string_view::npos;
  return rule.substr(1, end - 1);
}

// The engine that takes time in proportion to the text, and no stack.
bool Matches(std::string_view rule, std::string_view password) {
  bool ignores_case = false;
  const std::string pattern(WithoutDelimiters(rule, ignores_case));
  auto flags = std::regex::ECMAScript | std::regex_constants::__polynomial;
  if (ignores_case) flags |= std::regex::icase;
  return std::regex_search(password.begin(), password.end(), std::regex(pattern, flags));
}

}  // namespace

std::optional<Problem> RefusePassword(const config::Settings& settings, std::string_view password) {
  const auto least = static_cast<size_t>(std::max(0, settings.directory.min_password_length));
  const std::string& rule = settings.bedita.password_rule;
  const bool fits = CountCharacters(password) >= least && password.size() <= kMostBytes;
  if (fits && (rule.empty() || Matches(rule, password))) return std::nullopt;
  Problem problem;
  problem.status = 400;
  problem.title = settings.bedita.password_message;
  return problem;
}

Result<db::StoredPassword, Problem> HashPassword(const directory::Passwords& passwords,
                                                 std::string_view password) {
  auto stored = passwords.Hash(password);
  if (!stored) return Problem::Later(503, std::chrono::seconds(1));
  return *std::move(stored);
}

}  // namespace rosterd::bedita
