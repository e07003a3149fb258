#pragma once

#include <optional>
#include <string>

#include "db/person.h"
#include "directory/password.h"
#include "handlers/cscart/field_reader.h"

namespace rosterd::cscart {

/// The password of a POST or PUT: a plain text, a ready hash, or (both unset) none. An empty one
/// counts as none. Contract: section 19.
struct PasswordField {
  std::optional<std::string> plain;
  std::optional<db::StoredPassword> ready;
};

/// Reads `password`, `salt`, `password1` and `password2` as the version wants it; problems stay in
/// `reader`.
PasswordField ReadPassword(FieldReader& reader, Version version, int min_length);

/// What is to be stored; nothing when none was sent. The problem 503 with Retry-After when too many
/// passwords are being hashed.
Result<std::optional<db::StoredPassword>, Problem> ToStored(const PasswordField& field,
                                                            const directory::Passwords& passwords);

}  // namespace rosterd::cscart
