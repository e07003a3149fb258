#include "handlers/bedita/auth.h"

#include "db/bedita/session_store.h"
#include "handlers/bedita/document.h"
#include "handlers/bedita/session_tokens.h"
#include "handlers/bedita/tokens.h"

namespace rosterd::bedita {
namespace {

using directory::Outcome;
using Kind = directory::Refusal::Kind;

Result<TokenPair, Problem> TokensFor(const Services& services, const Call& call) {
  if (!call.caller.IsAnonymous()) return OpenSession(services, call, call.caller.id);
  const Tokens tokens(call.Settings(), services.server_key);
  return tokens.Issue(call.base, Caller(), call.application, db::Now());
}

}  // namespace

Answer GiveTokens::operator()(const Call& call) const {
  const auto tokens = TokensFor(services_, call);
  if (!tokens) return tokens.error();
  Document document(call);
  document.Meta("jwt").Text(tokens->jwt);
  document.Meta("renew").Text(tokens->renew);
  return document.Send();
}

Answer OptOut::operator()(const Call& call) const {
  const UserId id = call.caller.id;
  if (call.caller.IsAnonymous()) return Problem::LoginFailed();
  if (id == kAdminUser) return Problem::Protected("User", id.value);
  const auto guard = [&](db::Session& session, const db::Person&) -> Outcome<std::monostate> {
    const auto standing = db::bedita::SessionStore::Find(session, {id, 0, 0}, db::Now());
    if (standing && standing->locked) return Kind::kByDialect;
    return std::monostate();
  };
  const auto removed = services_.persons.DeleteForGood(call.ToActor(), id, guard);
  if (removed) return EmptyResponse();
  if (removed.error() == Kind::kByDialect) return Problem::Locked();
  if (removed.error() == Kind::kNotFound) return Problem::LoginFailed();
  return ToProblem(removed.error());
}

}  // namespace rosterd::bedita
