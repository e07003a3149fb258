#include "handlers/cocoaheads/auth.h"

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "db/credentials.h"
#include "directory/secrets.h"
#include "fcgi/ascii.h"

namespace rosterd::cocoaheads {
namespace {

using db::cocoaheads::Login;
using db::cocoaheads::Profile;
using db::cocoaheads::ProfileStore;

constexpr size_t kTokenBytes = 32;
constexpr std::chrono::hours kTouchPeriod{1};
constexpr std::array<std::string_view, 3> kAppTokenHeaders = {"secret-token", "client-token",
                                                              "app-token"};

std::string_view HeaderOf(const fcgi::Request& request, std::string_view name) {
  return Trim(request.Header(name).value_or(""));
}

std::string_view BearerOf(const fcgi::Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view header = HeaderOf(request, "Authorization");
  if (!fcgi::EqualsIgnoringCase(header.substr(0, kScheme.size()), kScheme)) return {};
  return Trim(header.substr(kScheme.size()));
}

}  // namespace

bool Authenticator::KnowsApplication(const fcgi::Request& request) const {
  const auto& accepted = services_.settings.cocoaheads.app_token;
  bool known = accepted.empty();
  for (const std::string_view name : kAppTokenHeaders) {
    const std::string_view header = HeaderOf(request, name);
    if (header.empty()) continue;
    const std::string digest = directory::Sha256(header);
    for (const std::string& token : accepted) {
      // No early end: the time tells nothing about which one was nearly right.
      known = directory::SameSecret(digest, directory::Sha256(Trim(token))) || known;
    }
  }
  return known;
}

Result<Caller, Problem> Authenticator::operator()(const fcgi::Request& request) const {
  const std::string_view token = HeaderOf(request, "user-token");
  return OwnerOf(token.empty() ? BearerOf(request) : token);
}

Result<Caller, Problem> Authenticator::OwnerOf(std::string_view token) const {
  if (token.empty()) return Problem::Plain(401);
  const std::string digest = directory::Sha256(token);
  if (const Owner* known = cache_.Find(digest)) return Remembered(*known);
  return LookedUp(digest);
}

// The person is read anew each time, with all that lets it in: only the token is remembered. It was
// not idle when it was looked up, and its use is noted.
Result<Caller, Problem> Authenticator::Remembered(const Owner& owner) const {
  using Found = std::optional<Profile>;
  auto profile = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return ProfileStore::Active(session, owner.id);
  });
  if (!profile) return ToProblem(profile.error());
  if (!*profile) return Refused();
  return Caller{.profile = **std::move(profile), .credential = owner.credential};
}

Result<Caller, Problem> Authenticator::LookedUp(const std::string& digest) const {
  const uint64_t epoch = cache_.Epoch();
  const db::Time now = db::Now();
  using Found = std::optional<Login>;
  auto login = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return ProfileStore::WithToken(session, digest, now);
  });
  if (!login) return ToProblem(login.error());
  if (!*login || !(*login)->may_sign_in || HasIdled(**login, now)) return Refused();
  Touch(**login, now);
  cache_.Store(digest, epoch, {.id = (*login)->profile.id, .credential = (*login)->credential});
  return Caller{.profile = std::move((*login)->profile), .credential = (*login)->credential};
}

Problem Authenticator::Refused() const {
  services_.count_event("rosterd_sign_in_failures_total{dialect=\"cocoaheads\"}");
  return Problem::Plain(401);
}

bool Authenticator::HasIdled(const Login& login, db::Time now) const {
  const std::chrono::days most{services_.settings.cocoaheads.token_idle_days};
  return most.count() > 0 && login.last_used_at.value_or(login.created_at) + most <= now;
}

void Authenticator::Touch(const Login& login, db::Time now) const {
  if (login.last_used_at && *login.last_used_at + kTouchPeriod > now) return;
  const auto touched = services_.connection.Transaction(
      [&](db::Session& session) -> db::StoreResult<std::monostate> {
        db::CredentialStore::Touch(session, login.credential, now);
        return std::monostate();
      });
  // The next request does it.
  static_cast<void>(touched);
}

std::string MakeToken() { return directory::Base64Url(directory::RandomBytes(kTokenBytes)); }

directory::Credentials::Request TokenRequest(const config::Cocoaheads& settings, UserId user) {
  return {.dialect = "cocoaheads",
          .kind = "token",
          .user = user,
          .role = "",
          .label = "",
          .lifetime = {},
          .at_most = settings.tokens_per_user};
}

}  // namespace rosterd::cocoaheads
