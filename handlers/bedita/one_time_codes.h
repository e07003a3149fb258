#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"
#include "db/result.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// What a mailed code is for: kinds of credentials. One kind is never taken for the other.
inline constexpr std::string_view kSignupCode = "signup";
inline constexpr std::string_view kChangeCode = "change";

/// A random UUID of version 4 (RFC 9562), in lower case.
std::string NewUuid();

/// Makes `uuid` a code of this user: for 24 hours, once. Only its digest is stored.
void IssueCode(db::Session& session, const Call& call, std::string_view kind, UserId user,
               std::string_view uuid);

/// A code that can be used.
struct Code {
  uint64_t id = 0;
  UserId user;
};

/// The code with this uuid. 404 for `async_jobs` when it is unknown, used, too old, or of another
/// kind; for `users` when the user is gone. Contract: sections 6.6 and 13.2.
Result<Code, Problem> FindCode(db::Connection& connection, std::string_view kind,
                               std::string_view uuid);

/// Uses it up; false when somebody else was faster.
bool TakeCode(db::Session& session, const Code& code);

}  // namespace rosterd::bedita
