#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db::timeslot {

/// The one record of two persons. States: "00" asked for, "11" established, "01" rejected; imports
/// may bring others.
struct Friendship {
  uint64_t id = 0;
  UserId starter;
  UserId recipient;
  std::string state;
  bool removed = false;
};

/// Writes of table timeslot_friendships. Who changes records of a person holds that person's row
/// locked, from LockLive, so that two who ask each other at the same time make one record.
class FriendshipStore {
 public:
  /// Locks the rows of these persons, in the order of their ids whatever order they come in, so
  /// that no two units of work wait for each other. Gives those that live, in that order.
  static std::vector<UserId> LockLive(Session& session, const std::vector<UserId>& ids);

  /// The records, removed ones too, of `user` with each of `others`, who are not `user`.
  static std::vector<Friendship> Between(Session& session, UserId user,
                                         const std::vector<UserId>& others);

  /// Both persons' rows are locked.
  static void Insert(Session& session, UserId starter, UserId recipient, Time now);
  /// Makes a record an open request of `starter`, whatever it was.
  static void Renew(Session& session, uint64_t id, UserId starter, UserId recipient, Time now);
  static void Establish(Session& session, uint64_t id, Time now);
  /// Removes softly: the state stays.
  static void Remove(Session& session, uint64_t id, Time now);

  /// Marks all persons of whom there is a record as befriended: for records that were written past
  /// Insert, by programs of before the mark. Gives how many were not marked.
  static uint64_t MarkAll(Session& session);
};

}  // namespace rosterd::db::timeslot
