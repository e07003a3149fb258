#pragma once

#include <optional>

#include "config/settings.h"
#include "db/connection.h"
#include "db/cscart/account_columns.h"
#include "db/person.h"
#include "handlers/cscart/call.h"
#include "handlers/cscart/problem.h"

namespace rosterd::cscart {

/// A person with this dialect's columns.
struct Target {
  db::Person person;
  db::cscart::AccountColumns account;
};

/// 404, or 400 where missing_user_status says so: not there, or not the caller's to know about.
Problem MissingUser(const config::Cscart& settings);

/// True for a root administrator of the whole platform.
bool IsPlatformRoot(const db::cscart::AccountColumns& account);

/// True when the account lies in the company that the call is limited to, if it is.
bool IsInScope(const Call& call, const db::cscart::AccountColumns& account);

/// Why the caller may not change this account at all; nothing when it may.
/// Contract: sections 6, 13 and 17.
std::optional<Problem> RefuseEditing(const Call& call, const Target& target,
                                     const config::Cscart& settings);

/// Why the caller may not make `after` of `before`; nothing when it may. Contract: section 13.
std::optional<Problem> RefuseChange(const Call& call, const Target& before, const Target& after,
                                    const config::Cscart& settings);

/// Why the caller may not delete this account; nothing when it may. Contract: section 14.
std::optional<Problem> RefuseDeleting(const Call& call, const Target& target,
                                      const config::Cscart& settings);

}  // namespace rosterd::cscart
