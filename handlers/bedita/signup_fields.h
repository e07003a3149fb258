#pragma once

#include <string>
#include <vector>

#include "db/result.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/user_fields.h"

namespace rosterd::bedita {

/// What a sign-up asks for: contract section 13.1.
struct SignupFields {
  UserFields user;
  std::string activation_url;      ///< of the request or the settings; empty = none
  std::string redirect_url;        ///< empty = none
  std::vector<std::string> roles;  ///< those that it asked for, which the settings allow
};

/// 400 for roles that may not be given on sign-up.
Problem RefusedRoles(const std::vector<std::string>& names);

/// Reads a flat body, or a JSON:API document with `activation_url`, `redirect_url` and `roles` in
/// its `meta`. 400 `Invalid data` with all broken rules together, the password policy's message;
/// 409 for a document of another type.
Result<SignupFields, Problem> ReadSignup(const Call& call);

}  // namespace rosterd::bedita
