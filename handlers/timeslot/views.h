#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/person.h"
#include "db/timeslot/profile_store.h"
#include "db/timeslot/relation_store.h"

namespace rosterd::timeslot {

inline constexpr size_t kUsernameLength = 50;

/// By db::timeslot::Alerts, as clients spell them.
inline constexpr std::array<std::string_view, db::timeslot::kAlertKinds> kAlertNames = {
    "defaultPrivateAlerts",       "defaultOwnFriendslotAlerts",
    "defaultOwnPublicAlerts",     "defaultFriendsFriendslotAlerts",
    "defaultFriendsPublicAlerts", "defaultReslotAlerts",
    "defaultGroupAlerts",
};

/// What this dialect calls the username: the display name or, for a person to whom no dialect gave
/// one, the first and last name, or the login name (an e-mail address up to its @, so that
/// strangers do not see it); at most 50 characters. Contract: 5.1, section 11.
std::string DisplayName(const db::Person& person);

/// The current image as text; nothing when there is none. A public id is shown as it was sent, a
/// picture that another dialect stored as a file by its address below `base_url`. Contract: 5.1.
std::optional<std::string> Image(const db::Person& person, std::string_view base_url);

/// "2015-05-06T21:29:39.664Z": cut off, not rounded. Contract: 2.2.
std::string Moment(db::Time time);

/// Who belongs to a person; empty for one that is deleted, except for the groups.
struct Relations {
  std::vector<db::timeslot::SeenFriendship> friendships;
  std::vector<db::timeslot::Membership> memberships;
};

/// The 28 members of one's own user. Contract: 5.1.
std::string OwnUser(const db::timeslot::User& user, const Relations& relations,
                    std::string_view base_url);

/// Somebody else: 10 members, or with `as_seed` the first 26 of one's own. Contract: 5.2.
std::string OtherUser(const db::timeslot::User& user, uint64_t friends_count,
                      std::string_view base_url, bool as_seed);

/// The answer to sign-up and sign-in. Contract: 5.3.
std::string SignInObject(const db::Person& person, std::string_view token);

}  // namespace rosterd::timeslot
