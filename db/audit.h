#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {

/// One change, as `rosterctl audit` shows it.
struct AuditRow {
  uint64_t id = 0;
  Time at;
  std::string dialect;
  std::string action;  ///< "user.create", "user.update", "user.delete", "key.add", "group.link", …
  UserId user;         ///< whose; 0 for things that belong to nobody
  UserId actor;        ///< the person who asked, 0 when none
  std::string credential;
  std::string address;
  std::string request_id;
  std::string fields;  ///< names of what changed, joined by commas; never values
};

/// SQL of table `audit`.
class AuditStore {
 public:
  static void Insert(Session& session, const AuditRow& row);
  /// Newest first, at most `limit`, optionally of one person, not older than `since`.
  static std::vector<AuditRow> List(Session& session, std::optional<UserId> user,
                                    std::optional<Time> since, int limit);
  /// Empties the addresses that a person's own changes of itself came from.
  static void ForgetAddresses(Session& session, UserId user);
};

}  // namespace rosterd::db
