#include "handlers/timeslot/auth.h"

#include <vector>

#include "db/timeslot/token_store.h"
#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

constexpr std::string_view kScheme = "Token ";
constexpr std::string_view kName = "token=";

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Pairs end at a comma, a semicolon or a tab.
std::vector<std::string_view> Pairs(std::string_view text) {
  std::vector<std::string_view> pairs;
  while (true) {
    const size_t end = text.find_first_of(",;\t");
    pairs.push_back(Trim(text.substr(0, end)));
    if (end == std::string_view::npos) return pairs;
    text.remove_prefix(end + 1);
  }
}

std::string_view Unquoted(std::string_view value) {
  if (value.size() < 2 || !value.starts_with('"') || !value.ends_with('"')) return value;
  return value.substr(1, value.size() - 2);
}

}  // namespace

std::optional<std::string> ParseToken(std::string_view header) {
  if (!header.starts_with(kScheme)) return std::nullopt;
  for (const std::string_view pair : Pairs(header.substr(kScheme.size()))) {
    if (!pair.starts_with(kName)) continue;
    const std::string_view value = Unquoted(pair.substr(kName.size()));
    return value.empty() ? std::nullopt : std::optional(std::string(value));
  }
  return std::nullopt;
}

Result<Caller, Problem> Authenticator::operator()(const fcgi::Request& request) {
  const auto token = ParseToken(request.Header("Authorization").value_or(""));
  if (!token) return Problem::BadCredentials();
  const std::string digest = directory::Sha256(*token);
  if (const Caller* known = cache_.Find(digest)) return *known;

  const uint64_t epoch = cache_.Epoch();
  using Found = std::optional<db::timeslot::TokenOwner>;
  const auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return db::timeslot::TokenStore::Find(session, digest, db::Now());
  });
  if (!found) return ToProblem(directory::Refusal(found.error()));
  if (!*found) return Problem::BadCredentials();
  const Caller caller{.id = (*found)->user, .credential = (*found)->credential};
  cache_.Store(digest, epoch, caller);
  return caller;
}

}  // namespace rosterd::timeslot
