#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::timeslot {

/// What the alerts are about, in the order of the contract.
enum class Alerts {
  kPrivate,
  kOwnFriendslot,
  kOwnPublic,
  kFriendsFriendslot,
  kFriendsPublic,
  kReslot,
  kGroup,
};
inline constexpr size_t kAlertKinds = 7;
inline constexpr const char* kNoAlerts = "0000000000";

/// The columns of a person that belong to this dialect. Contract: 5.1.
struct Profile {
  bool email_verified = false;
  bool phone_verified = false;
  std::optional<std::string> public_url;
  std::optional<int64_t> location_id;
  std::optional<int64_t> slot_default_duration;  ///< seconds, 32 bits
  std::optional<int64_t> slot_default_location_id;
  std::optional<int64_t> slot_default_type_id;  ///< 32 bits
  /// By Alerts: ten times 0 or 1 each.
  std::array<std::string, kAlertKinds> alerts{kNoAlerts, kNoAlerts, kNoAlerts, kNoAlerts,
                                              kNoAlerts, kNoAlerts, kNoAlerts};
  bool push = true;
  uint64_t slot_count = 0;
  uint64_t reslot_count = 0;
  bool operator==(const Profile&) const = default;
};

/// A person as this dialect shows it: of the shared columns those that it reads, without the
/// password.
struct User {
  Person person;
  Profile profile;
  bool befriended = false;  ///< may have friendships; who has none need not be asked for them
};

/// SQL of this dialect's columns of `users`. They change through directory::Persons, with the
/// values that Differences gives.
class ProfileStore {
 public:
  /// A live person, by its primary key.
  static std::optional<User> Find(Session& session, UserId id);
  /// The same with what others see of it: its names, picture and times, location_id, slot_count and
  /// reslot_count.
  static std::optional<User> FindPublic(Session& session, UserId id);
  /// Its profile whether it was deleted or not, locked until the end of the transaction.
  static std::optional<Profile> FindLocked(Session& session, UserId id);

  /// The values of those columns in which `after` differs from `before`.
  static DialectValues Differences(const Profile& before, const Profile& after);

  /// True when somebody else has this e-mail address, in any case of letters, or keeps it from
  /// being used. `user` is 0 for somebody who is about to come.
  static bool IsEmailTaken(Session& session, std::string_view email, UserId user);
};

/// Erases all that this dialect keeps of a person who is being purged.
void Erase(Session& session, UserId id);

}  // namespace rosterd::db::timeslot
