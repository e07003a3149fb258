#include "handlers/bedita/profile.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "db/person.h"
#include "handlers/bedita/fields.h"
#include "handlers/bedita/user_document.h"

namespace rosterd::bedita {
namespace {

using Kind = directory::Refusal::Kind;

// A password that is to be set: neither absent, nor null, nor empty.
bool WantsPassword(const fcgi::Value& fields) {
  constexpr std::array<std::string_view, 2> kNames = {"password", "password_hash"};
  return std::ranges::any_of(kNames, [&](std::string_view name) {
    const fcgi::Value* value = fields.Find(name);
    if (value == nullptr || value->IsNull()) return false;
    return value->AsText() == nullptr || !value->AsText()->empty();
  });
}

}  // namespace

Answer WhoAmI::operator()(const Call& call) const {
  return ShowUser(services_, call, call.caller.id, {.with_roles = true});
}

Answer ChangeProfile::operator()(const Call& call) const {
  if (WantsPassword(call.body.fields)) {
    if (auto problem = CheckOldPassword(call)) return *problem;
  }
  const auto changed = ChangeOwnProfile(services_, call, call.body.fields);
  if (!changed) return changed.error();
  return ShowUser(services_, call, call.caller.id, {.with_roles = true});
}

std::optional<Problem> ChangeProfile::CheckOldPassword(const Call& call) const {
  const std::string old = ScalarText(call.body.fields, "old_password").value_or("");
  if (old.empty()) return Problem{400, "Missing current password"};
  const directory::SignIn::Attempt attempt{.actor = call.ToActor(),
                                           .password = old,
                                           .limits = LoginLimits(call, call.caller.username),
                                           .allow_pending = call.Settings().login_draft};
  const auto right = services_.sign_in(attempt, [&](db::Session& session) {
    return db::PersonStore::Find(session, call.caller.id);
  });
  if (right) return std::nullopt;
  if (right.error() == Kind::kWrongPassword) return Problem{400, "Wrong password"};
  if (right.error() == Kind::kNotAllowed) return Problem{401, "Request not authorized"};
  return ToProblem(right.error());
}

}  // namespace rosterd::bedita
