#pragma once

#include <optional>
#include <string>

#include "db/ids.h"
#include "fcgi/value.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/session_tokens.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// How a single user is answered.
struct UserDocument {
  int status = 200;
  bool with_roles = false;  ///< `relationships.roles.data` and `included`, whatever `include` says
  std::optional<TokenPair> tokens = {};  ///< shown in `meta`
  std::string location = {};             ///< value of a Location header
};

/// The document of one user, read back from the store: sections 9.1, 9.3, 6.4, 13.1. Parameters
/// `fields` and `include` of the call count. 404 when it is gone.
Answer ShowUser(const Services& services, const Call& call, UserId id,
                const UserDocument& how = {});

/// PATCH /auth/user, what concerns the profile: changes the caller by these flat fields (any of 8.1
/// but `username`, `status`, `uname`; `email` only when there is none yet; read-only and unknown
/// ones are ignored; `password` has been checked against `old_password`, and ends every session but
/// the caller's). 400 as PATCH /users/{id}.
Result<void, Problem> ChangeOwnProfile(const Services& services, const Call& call,
                                       const fcgi::Value& fields);

}  // namespace rosterd::bedita
