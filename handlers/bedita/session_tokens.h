#pragma once

#include <string>

#include "db/ids.h"
#include "db/result.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// What a sign-in gives: `meta.jwt` and `meta.renew`. Contract: section 6.1.
struct TokenPair {
  std::string jwt;
  std::string renew;
};

/// Opens a session of a user for the application of the call, and signs its two tokens; sets
/// last_login and forgets failed logins. 401 `Login request not successful` when the user is gone
/// or may not sign in; 503 without a database. The caller has checked a password or a link.
Result<TokenPair, Problem> OpenSession(const Services& services, const Call& call, UserId user);

}  // namespace rosterd::bedita
