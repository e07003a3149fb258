#include "handlers/cscart/account_rules.h"

#include <string>

namespace rosterd::cscart {
namespace {

bool IsSelf(const Call& call, const Target& target) { return call.caller.id == target.person.id; }

// The first account of a store or vendor, when another one of that company asks.
bool IsOwnersAccount(const Call& call, const Target& target) {
  return call.caller.BoundTo() && target.account.is_root && !IsSelf(call, target);
}

std::optional<Problem> RefuseNewType(const Call& call, const Target& before, const Target& after) {
  if (before.account.user_type == after.account.user_type) return std::nullopt;
  if (IsOwnersAccount(call, before) || (call.caller.restricted && after.account.user_type != "C")) {
    return Problem::Error("user_type may not be changed");
  }
  return std::nullopt;
}

// Losing a company must not lift the limits of an account, unless the root administrator wants it.
std::optional<Problem> RefuseNewCompany(const Call& call, const Target& before,
                                        const Target& after) {
  if (before.account.company_id == after.account.company_id) return std::nullopt;
  const bool lifted = after.account.company_id == 0 && before.account.user_type != "C" &&
                      after.account.user_type != "C" && !call.caller.IsRoot();
  if (lifted || !IsInScope(call, after.account))
    return Problem::Error("company_id may not be changed");
  return std::nullopt;
}

std::optional<Problem> RefuseNewStatus(const Call& call, const Target& before,
                                       const Target& after) {
  if (before.person.status == after.person.status) return std::nullopt;
  if (IsSelf(call, before) && after.person.status != db::Status::kActive) {
    return Problem::Error("your own status may not be changed");
  }
  if (IsOwnersAccount(call, before)) return Problem::Error("status may not be changed");
  return std::nullopt;
}

std::string CannotBeDeleted(const Target& target) {
  return "user " + std::to_string(target.person.id.value) + " cannot be deleted";
}

}  // namespace

Problem MissingUser(const config::Cscart& settings) {
  if (settings.missing_user_status == 400) return Problem::Error("user does not exist");
  return Problem::Plain(404);
}

bool IsPlatformRoot(const db::cscart::AccountColumns& account) {
  return account.is_root && account.company_id == 0;
}

bool IsInScope(const Call& call, const db::cscart::AccountColumns& account) {
  return !call.scope || *call.scope == account.company_id;
}

std::optional<Problem> RefuseEditing(const Call& call, const Target& target,
                                     const config::Cscart& settings) {
  if (!IsInScope(call, target.account)) return MissingUser(settings);
  if (IsPlatformRoot(target.account) && !call.caller.IsRoot()) {
    return Problem::Error("a root administrator may not be changed");
  }
  const bool may_see =
      !call.caller.restricted || target.account.user_type == "C" || IsSelf(call, target);
  if (!may_see) return MissingUser(settings);
  return std::nullopt;
}

std::optional<Problem> RefuseChange(const Call& call, const Target& before, const Target& after,
                                    const config::Cscart& settings) {
  if (auto problem = RefuseNewType(call, before, after)) return problem;
  if (auto problem = RefuseNewCompany(call, before, after)) return problem;
  if (auto problem = RefuseNewStatus(call, before, after)) return problem;

  const bool moved = before.account.user_type != after.account.user_type ||
                     before.account.company_id != after.account.company_id;
  if (moved && settings.edition == "ultimate" && after.account.user_type == "C" &&
      after.account.company_id == 0) {
    return Problem::Error("a customer needs a company_id");
  }
  return std::nullopt;
}

std::optional<Problem> RefuseDeleting(const Call& call, const Target& target,
                                      const config::Cscart& settings) {
  if (!IsInScope(call, target.account)) return MissingUser(settings);
  const bool allowed = !IsPlatformRoot(target.account) && !IsSelf(call, target) &&
                       !(call.caller.restricted && target.account.user_type != "C") &&
                       !(call.scope && target.account.is_root);
  if (!allowed) return Problem::Error(CannotBeDeleted(target));
  return std::nullopt;
}

}  // namespace rosterd::cscart
