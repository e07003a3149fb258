#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::cscart {

/// The columns of a person that belong to this dialect. Contract: sections 9 and 20.
struct AccountColumns {
  std::string user_type = "C";
  bool is_root = false;
  uint64_t company_id = 0;
  std::string fax;
  std::string url;
  std::string lang_code;
  std::string tax_exempt = "N";
  int64_t birthday = 0;
  std::string referer;
  int64_t points = 0;
  bool operator==(const AccountColumns&) const = default;
};

/// What makes the account's e-mail address unique beside itself: the store, for customers, when
/// stores do not share them. Contract: section 2, C12.
Realm RealmOf(const AccountColumns& account, bool share_users);

/// SQL of this dialect's columns of `users`. They change through directory::Persons, with the
/// values that Differences gives; what changes beside a person is said at each function.
class AccountColumnStore {
 public:
  /// The columns of a live person, locked until the end of the transaction when `lock` is set.
  static std::optional<AccountColumns> Find(Session& session, UserId id, bool lock = false);

  /// The live person with this e-mail address in any store; with `share_users` off several may have
  /// it, then the active one of the lowest id.
  static std::optional<Person> FindByEmail(Session& session, std::string_view email);

  /// The values of those columns in which `after` differs from `before`; cscart_points and
  /// cscart_is_root included.
  static DialectValues Differences(const AccountColumns& before, const AccountColumns& after);

  /// Makes whoever decides about roots of this company at the same time wait for the end of this
  /// transaction. To be taken before HasRoot and LowestAdmin.
  static void LockRoots(Session& session, uint64_t company_id);
  /// True when a live person other than `except` is root of the company. Reads without a lock, so
  /// it sees the latest commits only when it is the transaction's first such read.
  static bool HasRoot(Session& session, uint64_t company_id, UserId except);
  /// The live administrator (type A or V) of the company with the lowest id, other than `except`.
  static std::optional<UserId> LowestAdmin(Session& session, uint64_t company_id, UserId except);
  /// Writes is_root and updated_at, and nothing else; the caller audits.
  static void SetRoot(Session& session, UserId id, bool is_root, Time now);

  /// Empties this dialect's columns of a person that is being purged, and removes its profiles and
  /// group links.
  static void Erase(Session& session, UserId id);
};

}  // namespace rosterd::db::cscart
