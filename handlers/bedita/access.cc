#include "handlers/bedita/access.h"

#include <algorithm>

namespace rosterd::bedita {

bool MayWrite(const Caller& caller, const config::Bedita& settings) {
  if (caller.IsAnonymous()) return false;
  if (caller.IsAdmin()) return true;
  if (std::ranges::find(settings.writers, "any") != settings.writers.end()) return true;
  return std::ranges::any_of(caller.roles, [&](const Role& role) {
    return std::ranges::find(settings.writers, role.name) != settings.writers.end();
  });
}

std::optional<Problem> RefuseAccess(Access access, const Caller& caller,
                                    const config::Bedita& settings) {
  switch (access) {
    case Access::kRead:
      if (caller.IsAnonymous() && settings.block_anonymous_users) return Problem::NeedsUser();
      break;
    case Access::kUser:
      if (caller.IsAnonymous()) return Problem::NeedsUser();
      break;
    case Access::kWrite:
      if (caller.IsAnonymous()) return Problem::Unauthorized();
      if (!MayWrite(caller, settings)) return Problem::Forbidden();
      break;
    case Access::kPublic:
    case Access::kStatus:
    case Access::kOpen:
    case Access::kSignIn:
      break;
  }
  return std::nullopt;
}

bool MayGovern(const Caller& caller, uint64_t lowest_priority_of_user) {
  return caller.IsAdmin() || lowest_priority_of_user >= caller.LowestPriority();
}

bool MayHandleRole(const Caller& caller, uint64_t priority) {
  return !caller.roles.empty() && caller.LowestPriority() <= priority;
}

}  // namespace rosterd::bedita
