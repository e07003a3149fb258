#pragma once

#include <optional>

#include "config/settings.h"
#include "handlers/cscart/account_fields.h"
#include "handlers/cscart/api_key_field.h"
#include "handlers/cscart/password_field.h"
#include "handlers/cscart/profile_fields.h"

namespace rosterd::cscart {

/// Everything that the body of a POST or PUT of a user asks for.
struct UserFields {
  AccountFields account;
  ProfileFields profile;
  PasswordField password;
  std::optional<ApiKeyChange> api_key;
};

/// Reads and checks it, each field for itself; 400 with the first problem.
Result<UserFields, Problem> ReadUserFields(const Call& call, const config::Cscart& settings);

}  // namespace rosterd::cscart
