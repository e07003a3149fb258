#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "db/person.h"
#include "db/result.h"
#include "db/timeslot/profile_store.h"
#include "handlers/timeslot/body.h"
#include "handlers/timeslot/problem.h"

namespace rosterd::timeslot {

/// What a PATCH wants, as it was sent: nothing of it is checked but what section 6.5 and 6.6 call
/// missing.
struct UserWish {
  Scalar username;
  Scalar email;
  Scalar phone;
  Scalar public_url;
  Scalar location_id;
  Scalar slot_default_duration;
  Scalar slot_default_location_id;
  Scalar slot_default_type_id;
  std::array<Scalar, db::timeslot::kAlertKinds> alerts;
  Scalar push;
  std::optional<std::string> password;      ///< nothing when it is not to change
  std::optional<std::string> old_password;  ///< only beside a password
  std::optional<std::string> image;         ///< the public id
  bool image_is_invalid = false;            ///< sent as something that cannot be one
};

/// Refuses with 422 what is missing or blank where it may not be.
Result<UserWish, Problem> ReadUserWish(const Body& body, bool require_old_password);

/// What the store cannot hold: the problem of the first such parameter, in the order of the user
/// object. Contract: 4.1, 8.4, 8.6.
std::optional<Problem> RefuseUnstorable(const UserWish& wish);

/// Puts all that is not null-or-absent by its rule into the person's columns; image and password
/// are the caller's. `wish` has passed every check.
void Apply(const UserWish& wish, db::Person& person, db::timeslot::Profile& profile);

/// True for a person that would have neither an e-mail address nor a telephone number, and had one.
/// Contract: DEV-11.
bool LosesAllAddresses(const UserWish& wish, const db::Person& person);

}  // namespace rosterd::timeslot
