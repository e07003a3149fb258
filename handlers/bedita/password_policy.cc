#include "handlers/bedita/password_policy.h"

#include <chrono>
#include <regex>
#include <string>

#include "config/password_rule.h"
#include "handlers/bedita/search_words.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostBytes = 4096;

bool Matches(std::string_view rule, std::string_view password) {
  return std::regex_search(password.begin(), password.end(), config::CompilePasswordRule(rule));
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
