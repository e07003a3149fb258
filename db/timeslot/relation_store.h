#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::timeslot {

/// A friendship as one of the two sees it.
struct SeenFriendship {
  UserId other;
  UserId starter;
  std::string state;  ///< 00 asked, 11 established, 01 rejected
};

struct Membership {
  uint64_t group = 0;
  std::string state;
};

/// Reads who is whose friend and who is in which group. Persons that were deleted are nobody's
/// friends until they are restored. Contract: section 9.
class RelationStore {
 public:
  /// All records without a deletion time: first those that the user started, then those received,
  /// each by record id.
  static std::vector<SeenFriendship> Friendships(Session& session, UserId user);
  /// How many established friendships it has.
  static uint64_t CountFriends(Session& session, UserId user);
  /// All of the user's memberships by record id, ended ones too.
  static std::vector<Membership> Memberships(Session& session, UserId user);
};

}  // namespace rosterd::db::timeslot
