#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/brightact/user_store.h"
#include "db/connection.h"
#include "handlers/brightact/call.h"
#include "handlers/brightact/field_reader.h"

namespace rosterd::brightact {

/// What a body of POST or PUT /user wants; what is not set was not sent. Contract: section 6.1.
struct UserFields {
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<uint64_t> status;
  std::optional<std::string> mobile;  ///< empty = none
  std::optional<uint64_t> mobile_provider;
  std::optional<uint64_t> sp_num;
  std::optional<uint64_t> org_id;
  std::optional<std::string> extra_email;
  std::optional<std::string> suppress_emails;
  std::optional<std::string> company;
  std::optional<uint64_t> is_deleted;

  bool any = false;                ///< at least one known field was sent
  std::vector<FieldError> errors;  ///< in the order of the contract's table
};

UserFields ReadUserFields(const Body& body, Purpose purpose);

/// Whom the fields are for.
struct Target {
  UserId id;         ///< 0 = a new user
  bool live = true;  ///< once they are written: a deleted user's name may be another's
};

/// Adds the errors that only the directory knows, in their places: a username that another person
/// has, an organisation that is not there.
db::StoreResult<std::vector<FieldError>> CheckInDirectory(db::Session& session,
                                                          const UserFields& fields,
                                                          const Target& target);

/// True when a user key asks for another value of what only administrators change, or for none that
/// could be the stored one. Contract: section 6.2.
bool AsksForAdminsFields(const UserFields& fields, const db::brightact::User& stored);

/// Writes what was sent into a person and its columns, the password and `is_deleted` excepted. The
/// e-mail address follows a username that was the same.
void Apply(const UserFields& fields, db::Person& person, db::brightact::AccountColumns& columns);

}  // namespace rosterd::brightact
