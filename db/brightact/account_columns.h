#pragma once

#include <cstdint>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::brightact {

/// The columns of a person that belong to this dialect. Contract: section 5.
struct AccountColumns {
  uint64_t org_id = 0;  ///< 0 = no organisation
  uint64_t mobile_provider = 0;
  uint64_t sp_num = 0;
  std::string extra_email;
  std::string suppress_emails;
  bool operator==(const AccountColumns&) const = default;
};

/// SQL of this dialect's columns of `users`. They change through directory::Persons, with the
/// values that Differences gives.
class AccountColumnStore {
 public:
  /// The columns of a person, deleted or not; the defaults when it is not there. Reads what is
  /// committed or locked by this transaction: the caller has locked the row.
  static AccountColumns FindLocked(Session& session, UserId id);

  /// The values of those columns in which `after` differs from `before`.
  static DialectValues Differences(const AccountColumns& before, const AccountColumns& after);

  /// Empties this dialect's columns of a person that is being purged.
  static void Erase(Session& session, UserId id);
};

}  // namespace rosterd::db::brightact
