#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "db/brightact/account_columns.h"
#include "db/connection.h"
#include "db/person.h"

namespace rosterd::db::brightact {

/// A person as this dialect shows it. Of `person` only what is shown is read: no password, no
/// picture, no names of other dialects.
struct User {
  Person person;
  AccountColumns columns;
};

/// Reads persons as the BrightAct dialect sees them.
class UserStore {
 public:
  /// One person, deleted or not; nothing for a purged one.
  static std::optional<User> Find(Session& session, UserId id);
  /// At most `limit` live persons of an organisation (0 = without one) with an id above `after`, by
  /// id.
  static std::vector<User> List(Session& session, uint64_t org_id, uint64_t after, int limit);
};

}  // namespace rosterd::db::brightact
