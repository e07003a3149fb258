#pragma once

#include <optional>
#include <string>

#include "db/ids.h"
#include "db/result.h"
#include "directory/persons.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"
#include "handlers/bedita/user_fields.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// A user about to be made.
struct NewUser {
  UserFields fields;
  UserId creator;                         ///< `created_by` and `modified_by`
  std::optional<db::Status> status = {};  ///< whatever the fields and the settings say
  /// What else belongs into the unit of work (roles, links); may run several times.
  directory::Persons::AfterInsert after_insert = {};
};

/// Makes a user with everything of section 8.4 and 8.5: hashed password, unique name, title,
/// status, language. 400 `Invalid data` for a taken username or e-mail address, 503.
Result<UserId, Problem> MakeUser(const Services& services, const Call& call, const NewUser& wish);

}  // namespace rosterd::bedita
