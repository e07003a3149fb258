#include "handlers/bedita/authenticator.h"

#include <chrono>
#include <string_view>
#include <utility>
#include <variant>

#include "directory/secrets.h"
#include "fcgi/ascii.h"
#include "handlers/bedita/fields.h"

namespace rosterd::bedita {
namespace {

using db::bedita::SessionStore;
using db::bedita::Standing;

constexpr size_t kMostPasswordBytes = 4096;

Problem Expired() { return {401, "Expired token", "", "be_token_expired"}; }
Problem NotAuthorized() { return {401, "Request not authorized"}; }
Problem ApplicationUnauthorized() { return {401, "Application unauthorized"}; }

int64_t Seconds(db::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

enum class Grant { kPassword, kRefresh, kApplication, kUnknown };

// Clients of the older server do not say what they want.
Grant GrantOf(const fcgi::Value& fields, bool has_token) {
  const fcgi::Value* wish = fields.Find("grant_type");
  const bool is_said = wish != nullptr && !wish->IsNull();
  const std::string said = ScalarText(fields, "grant_type").value_or("");
  if (fields.Find("auth_provider") != nullptr) return Grant::kUnknown;
  if (said == "password") return Grant::kPassword;
  if (said == "refresh_token") return Grant::kRefresh;
  if (said == "client_credentials") return Grant::kApplication;
  if (is_said && (!said.empty() || wish->AsText() == nullptr)) return Grant::kUnknown;
  if (fields.Find("username") != nullptr && fields.Find("password") != nullptr) {
    return Grant::kPassword;
  }
  if (fields.Find("client_id") != nullptr) return Grant::kApplication;
  return has_token ? Grant::kRefresh : Grant::kUnknown;
}

/// True when a token of this standing has outlived a new password or its session.
bool IsOutdated(const Token& token, const Standing& standing, bool passwords_end_tokens) {
  if (token.session != 0) return !standing.session_created_at;
  // From before a migration: there is nothing but its time to go by.
  return passwords_end_tokens && standing.password_changed_at &&
         token.issued_at < Seconds(*standing.password_changed_at);
}

bool IsLoopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "unix:";
}

}  // namespace

Caller ToCaller(const Standing& standing, uint64_t session) {
  Caller caller;
  caller.id = standing.id;
  caller.username = standing.username;
  caller.session = session;
  for (const Standing::Role& role : standing.roles) {
    caller.roles.push_back({role.id, role.name, role.priority});
  }
  return caller;
}

bool MaySignIn(const Standing& standing, const config::Bedita& settings) {
  if (standing.blocked) return false;
  return standing.status == db::Status::kActive ||
         (settings.login_draft && standing.status == db::Status::kPending);
}

Authenticator::Authenticator(const Services& services)
    : services_(services),
      tokens_(services.settings.bedita, services.server_key),
      applications_(services),
      cache_(services.epoch) {}

std::optional<std::string> Authenticator::TokenOf(const Call& call) const {
  auto token = BearerToken(call.request.Header("Authorization"));
  if (token || !services_.settings.bedita.jwt_query_token) return token;
  auto text = call.query.Text("token");
  return text && !text->empty() ? text : std::nullopt;
}

Authenticator::Refused Authenticator::Identify(Call& call, Access access) {
  if (access == Access::kPublic) return std::nullopt;
  if (const auto token = TokenOf(call)) return ByToken(call, *token, access);
  if (auto refused = ByKey(call, access)) return refused;
  if (access != Access::kWrite || !call.Settings().anonymous_writes) return std::nullopt;
  return ActAsAdmin(call);
}

Authenticator::Refused Authenticator::ByToken(Call& call, const std::string& text, Access access) {
  const std::string digest = directory::Sha256(text);
  const db::Time now = db::Now();
  const Verdict* known = cache_.Find(digest);
  if (known != nullptr && Seconds(now) < known->expires_at) {
    call.caller = known->caller;
    call.application = known->application;
    return call.application.id == 0 ? ByKey(call, access) : std::nullopt;
  }
  const uint64_t epoch = cache_.Epoch();
  const auto token = tokens_.Read(text, now);
  if (!token && token.error() == TokenFault::kExpired) return Expired();
  if (!token || token->application == 0) {
    if (auto refused = ByKey(call, access)) return refused;
  }
  if (!token || token->kind == Token::Kind::kRenew) return Problem::Unauthorized();

  auto verdict = Verify(*token);
  if (!verdict) return verdict.error();
  call.caller = verdict->caller;
  if (verdict->application.id != 0) call.application = verdict->application;
  cache_.Store(digest, epoch, *std::move(verdict));
  return std::nullopt;
}

Result<Authenticator::Verdict, Problem> Authenticator::Verify(const Token& token) {
  if (token.user.value != 0) return VerifyUser(token);
  Verdict verdict;
  verdict.expires_at = token.expires_at;
  if (token.application == 0) return verdict;
  const auto application = applications_.ById(token.application);
  if (!application) return application.error();
  if (!*application) return ApplicationUnauthorized();
  verdict.application = **application;
  return verdict;
}

Result<Authenticator::Verdict, Problem> Authenticator::VerifyUser(const Token& token) {
  const auto standing = Look({token.user, token.session, token.application});
  if (!standing) return standing.error();
  if (!*standing) return NotAuthorized();
  if (token.application != 0 && !(*standing)->application_enabled) {
    return ApplicationUnauthorized();
  }
  const config::Bedita& settings = services_.settings.bedita;
  if (!MaySignIn(**standing, settings)) return NotAuthorized();
  if (IsOutdated(token, **standing, settings.jwt_revoke_on_password_change)) {
    return NotAuthorized();
  }
  Verdict verdict{ToCaller(**standing, token.session), {}, token.expires_at};
  if (token.application != 0) verdict.application = {token.application, (*standing)->application};
  return verdict;
}

Authenticator::Refused Authenticator::ByKey(Call& call, Access access) {
  if (access == Access::kStatus && !call.Settings().status_needs_key) return std::nullopt;
  auto application = applications_.ByKey(call);
  if (!application) {
    // Whether the store can be reached is what /status is to tell.
    const bool unreachable = access == Access::kStatus && application.error().status == 503;
    return unreachable ? Refused() : application.error();
  }
  call.application = *std::move(application);
  return std::nullopt;
}

// The examples of the published page, to the letter; closed networks alone.
Authenticator::Refused Authenticator::ActAsAdmin(Call& call) {
  if (!IsLoopback(call.request.remote_address)) return std::nullopt;
  const auto standing = Look({kAdminUser, 0, 0});
  if (!standing) return standing.error();
  if (*standing) call.caller = ToCaller(**standing, 0);
  return std::nullopt;
}

Authenticator::Refused Authenticator::SignIn(Call& call) {
  const auto text = TokenOf(call);
  const Grant grant = GrantOf(call.body.fields, text.has_value());
  if (grant == Grant::kApplication) return ByApplication(call);

  Result<Token, TokenFault> token = TokenFault::kBad;
  if (text) token = tokens_.Read(*text, db::Now());
  if (token && token->application != 0) {
    const auto application = applications_.ById(token->application);
    if (!application) return application.error();
    if (!*application) return ApplicationUnauthorized();
    call.application = **application;
  } else if (auto refused = ByKey(call, Access::kSignIn)) {
    return refused;
  }
  if (grant == Grant::kPassword) return ByPassword(call);
  if (grant == Grant::kRefresh) return ByRenewToken(call, token);
  return Problem::LoginFailed();
}

Authenticator::Refused Authenticator::ByPassword(Call& call) {
  const std::string username = ScalarText(call.body.fields, "username").value_or("");
  const std::string password = ScalarText(call.body.fields, "password").value_or("");
  if (username.empty() || password.empty() || password.size() > kMostPasswordBytes) {
    return Problem::LoginFailed();
  }
  directory::SignIn::Attempt attempt{.actor = call.ToActor(),
                                     .password = password,
                                     .limits = LoginLimits(call, username),
                                     .allow_pending = call.Settings().login_draft};
  const auto person = services_.sign_in(attempt, [&](db::Session& session) {
    return db::PersonStore::FindByUsername(session, username);
  });
  using Kind = directory::Refusal::Kind;
  if (!person) {
    const directory::Refusal& refusal = person.error();
    if (refusal == Kind::kBusy || refusal == Kind::kUnavailable) return ToProblem(refusal);
    if (!(refusal == Kind::kThrottled)) CountFailure(call, username);
    services_.count_event("rosterd_sign_in_failures_total{dialect=\"bedita\"}");
    return Problem::LoginFailed();
  }
  call.caller.id = person->id;
  call.caller.username = person->username;
  return std::nullopt;
}

// Of nobody too, so that the time tells nothing.
void Authenticator::CountFailure(const Call& /*call*/, const std::string& username) {
  const auto counted = services_.connection.Transaction(
      [&](db::Session& session) -> db::StoreResult<std::monostate> {
        SessionStore::CountFailure(session, username, db::Now());
        return std::monostate();
      });
  // The throttle has counted it; this number is for the eyes alone.
  static_cast<void>(counted);
}

Authenticator::Refused Authenticator::ByRenewToken(Call& call,
                                                   const Result<Token, TokenFault>& token) {
  if (!token || token->kind != Token::Kind::kRenew) return Problem::LoginFailed();
  if (token->user.value == 0) {
    return token->application == 0 ? Refused(Problem::LoginFailed()) : std::nullopt;
  }
  const auto found = Look({token->user, token->session, token->application});
  if (!found) return found.error();
  const config::Bedita& settings = call.Settings();
  const std::optional<Standing>& standing = *found;
  if (!standing || !MaySignIn(*standing, settings)) return Problem::LoginFailed();
  const bool ends = settings.jwt_revoke_on_password_change;
  if (IsOutdated(*token, *standing, ends)) return Problem::LoginFailed();
  // The session that changed its own password lives on with its access token alone.
  if (ends && standing->session_created_at && standing->password_changed_at &&
      *standing->session_created_at < *standing->password_changed_at) {
    return Problem::LoginFailed();
  }
  call.caller = ToCaller(*standing, token->session);
  return std::nullopt;
}

Authenticator::Refused Authenticator::ByApplication(Call& call) {
  const fcgi::Value& fields = call.body.fields;
  const std::string key = ScalarText(fields, "client_id").value_or("");
  const std::string secret = ScalarText(fields, "client_secret").value_or("");
  auto application = applications_.ByCredentials(call, key, secret);
  if (!application) return application.error();
  call.application = *std::move(application);
  return std::nullopt;
}

Result<std::optional<Standing>, Problem> Authenticator::Look(const SessionStore::Wanted& wanted) {
  using Found = std::optional<Standing>;
  auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return SessionStore::Find(session, wanted, db::Now());
  });
  if (!found) return ToProblem(found.error());
  return *std::move(found);
}

}  // namespace rosterd::bedita
