#include "handlers/cscart/auth.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "db/credentials.h"
#include "directory/secrets.h"
#include "handlers/cscart/access.h"
#include "handlers/cscart/body.h"

namespace rosterd::cscart {
namespace {

using db::cscart::Login;
using db::cscart::LoginStore;

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return lower;
}

}  // namespace

Result<Caller, Problem> Authenticator::operator()(const fcgi::Request& request) {
  const auto header = request.Header("Authorization");
  if (!header) return Problem::Unauthorized();
  // The header as it came: a caller who is known needs no decoding.
  const std::string cache_key = directory::Sha256(*header);
  if (const Caller* known = cache_.Find(cache_key)) return *known;

  const uint64_t epoch = cache_.Epoch();
  auto caller = Verify(request, *header);
  if (caller) cache_.Store(cache_key, epoch, *caller);
  return caller;
}

Result<Caller, Problem> Authenticator::Verify(const fcgi::Request& request,
                                              std::string_view header) {
  const auto credentials = fcgi::ParseBasic(header);
  if (!credentials) return Problem::Unauthorized();

  const std::string user(Trim(credentials->user));
  const std::string password(Trim(credentials->password));
  if (user.empty()) return Problem::Unauthorized();
  if (!password.empty()) return ByKey(request, AsciiLower(user), password);
  if (services_.settings.cscart.allow_customer) return ByToken(request, user);
  return Problem::Unauthorized();
}

Result<Caller, Problem> Authenticator::ByKey(const fcgi::Request& request, const std::string& email,
                                             const std::string& key) {
  auto caller = VerifyKey(email, key);
  if (!caller) return caller.error();
  if (!*caller) return Refuse(request, email);
  return **std::move(caller);
}

Result<std::optional<Caller>, Problem> Authenticator::VerifyKey(const std::string& email,
                                                                const std::string& key) {
  using Accounts = std::vector<Login>;
  const auto accounts =
      services_.connection.Read([&](db::Session& session) -> db::StoreResult<Accounts> {
        return LoginStore::WithKey(session, email, db::Now());
      });
  if (!accounts) return ToProblem(accounts.error());
  const bool scoped_vendors = services_.settings.cscart.vendor_users_api == "scoped";
  for (const Login& account : *accounts) {
    const auto matches = Matches(account, key);
    if (!matches) return matches.error();
    if (!*matches || !account.may_sign_in) continue;
    return std::optional<Caller>(ToCaller(account, scoped_vendors));
  }
  return std::optional<Caller>();
}

Result<bool, Problem> Authenticator::Matches(const Login& account, const std::string& key) {
  if (account.form == "sha256") {
    return directory::SameSecret(account.digest, directory::Sha256(key));
  }
  // An imported key: its slow hash waits for a turn like any password's, and is replaced at once.
  using Verdict = directory::Passwords::Verdict;
  switch (services_.passwords.Verify(key, {account.digest, ""})) {
    case Verdict::kWrong:
      return false;
    case Verdict::kNoSlot:
      return Problem::Later(503, std::chrono::seconds(1));
    case Verdict::kRight:
    case Verdict::kRightButWeak:
      break;
  }
  ReplaceByFastDigest(account.credential, key);
  return true;
}

void Authenticator::ReplaceByFastDigest(uint64_t credential, const std::string& key) {
  const auto stored = services_.connection.Transaction(
      [&](db::Session& session) -> db::StoreResult<std::monostate> {
        db::CredentialStore::ReplaceDigest(session, credential, "sha256", directory::Sha256(key));
        return std::monostate();
      });
  // A failure costs nothing but the slow hash once more.
  static_cast<void>(stored);
}

Result<Caller, Problem> Authenticator::ByToken(const fcgi::Request& request,
                                               const std::string& token) {
  const std::string digest = directory::Sha256(token);
  using Found = std::optional<Login>;
  const auto account =
      services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
        return LoginStore::WithToken(session, digest, db::Now());
      });
  if (!account) return ToProblem(account.error());
  if (!*account || !(*account)->may_sign_in) return Refuse(request, "token:" + token);

  Caller caller;
  caller.id = (*account)->id;
  caller.kind = Caller::Kind::kCustomer;
  caller.company_id = (*account)->company_id;
  caller.credential = (*account)->credential;
  caller.by_token = true;
  return caller;
}

// Only what is wrong gets here: a valid key is never refused for the failures of others.
Problem Authenticator::Refuse(const fcgi::Request& request, const std::string& account) {
  services_.count_event("rosterd_sign_in_failures_total{dialect=\"cscart\"}");
  const auto limits = directory::SignInLimits(services_.settings.throttle, "cscart", account,
                                              request.remote_address);
  using Lock = std::optional<std::chrono::seconds>;
  const auto locked =
      services_.connection.Transaction([&](db::Session& session) -> db::StoreResult<Lock> {
        const Lock lock = services_.throttle.Locked(session, limits);
        if (!lock) services_.throttle.Fail(session, limits);
        return lock;
      });
  if (!locked) return ToProblem(locked.error());
  if (*locked) return Problem::Later(429, **locked);
  return Problem::Unauthorized();
}

}  // namespace rosterd::cscart
