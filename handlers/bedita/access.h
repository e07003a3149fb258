#pragma once

#include <cstdint>
#include <optional>

#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// Who may use a route. Contract: section 7.
enum class Access {
  kPublic,  ///< everybody, without an application
  kStatus,  ///< everybody; an application is needed as the setting says
  kOpen,    ///< every application
  kSignIn,  ///< the route looks at credentials itself
  kRead,    ///< every application, users alone when block_anonymous_users is on
  kUser,    ///< signed-in users
  kWrite,   ///< writers
};

/// Why this caller may not use a route; nothing when it may.
std::optional<Problem> RefuseAccess(Access access, const Caller& caller,
                                    const config::Bedita& settings);

/// True for role 1, for the members of the roles of `writers`, and for any user when that is `any`.
bool MayWrite(const Caller& caller, const config::Bedita& settings);

/// True when the caller may change username, password, e-mail address or status of, or delete, a
/// user whose roles' lowest priority number is this (kNoPriority without roles): role 1 always,
/// other writers unless the user has more power.
bool MayGovern(const Caller& caller, uint64_t lowest_priority_of_user);

/// True when the caller may give, take, change or delete a role of this priority: its own lowest
/// number is not greater. Never without roles.
bool MayHandleRole(const Caller& caller, uint64_t priority);

}  // namespace rosterd::bedita
