#include "handlers/bedita/session_tokens.h"

#include <algorithm>
#include <chrono>

#include "db/bedita/session_store.h"
#include "directory/secrets.h"
#include "handlers/bedita/authenticator.h"
#include "handlers/bedita/tokens.h"

namespace rosterd::bedita {
namespace {

using db::bedita::SessionStore;
using directory::Outcome;
using Kind = directory::Refusal::Kind;

constexpr size_t kSecretBytes = 32;

std::optional<std::chrono::seconds> LifeOf(const config::Bedita& settings) {
  if (settings.jwt_renew_duration.count() == 0) return std::nullopt;
  return std::max(settings.jwt_renew_duration, settings.jwt_duration);
}

// The row that the tokens hang on. Nobody knows a secret of it: tokens name it, and are signed.
uint64_t NewSession(db::Session& session, const Call& call, UserId user, db::Time now) {
  directory::Credentials::Request request;
  request.dialect = "bedita";
  request.kind = "session";
  request.user = user;
  request.label = call.application.name;
  request.lifetime = LifeOf(call.Settings());
  return directory::Credentials::Issue(session, call.ToActor(), request,
                                       directory::RandomBytes(kSecretBytes), now);
}

uint64_t SessionFor(db::Session& session, const Call& call, const db::bedita::Standing& standing,
                    db::Time now) {
  if (!standing.session_created_at) return NewSession(session, call, standing.id, now);
  const auto life = LifeOf(call.Settings());
  SessionStore::Extend(session, call.caller.session,
                       life ? std::optional(now + *life) : std::nullopt, now);
  return call.caller.session;
}

}  // namespace

Result<TokenPair, Problem> OpenSession(const Services& services, const Call& call, UserId user) {
  const db::Time now = db::Now();
  const uint64_t present = call.caller.id == user ? call.caller.session : 0;
  const auto caller = services.connection.Transaction([&](db::Session& session) -> Outcome<Caller> {
    // First, because it locks: whoever blocks or deletes this user meanwhile ends the new session.
    SessionStore::NoteLogin(session, user, now);
    const auto standing = SessionStore::Find(session, {user, present, 0}, now);
    if (!standing || !MaySignIn(*standing, call.Settings())) return Kind::kNotAllowed;
    return ToCaller(*standing, SessionFor(session, call, *standing, now));
  });
  if (!caller) return ToProblem(caller.error());
  const Tokens tokens(call.Settings(), services.server_key);
  return tokens.Issue(call.base, *caller, call.application, now);
}

}  // namespace rosterd::bedita
