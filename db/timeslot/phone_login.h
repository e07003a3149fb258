#pragma once

#include <optional>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::timeslot {

/// Who signs in with which telephone number. `users.phone` is every dialect's and need not be
/// unique; here a number names one person at most. That is decided when it is asked, so that no
/// other dialect has to know of it: `timeslot_phone_login` is a claim, unique by its index, which
/// counts only while it equals the person's `phone`. A number that a person got elsewhere and
/// nobody claims is the first such person's (lowest id), who claims it with the next sign-in.
/// Numbers are compared byte for byte.
class PhoneLogin {
 public:
  /// The live person who signs in with this number.
  static std::optional<Person> Find(Session& session, std::string_view phone);

  /// True when somebody other than `user` has this number, whichever dialect wrote it; with
  /// `reserve_deleted` the deleted count too.
  static bool IsTaken(Session& session, std::string_view phone, UserId user, bool reserve_deleted);

  /// Claims the number for `user` and forgets claims on it that no longer count; an empty number
  /// drops the user's own claim. False when another claim counts. The user's `phone` is the
  /// caller's to write.
  static bool Take(Session& session, UserId user, std::string_view phone, bool reserve_deleted);

  /// Takes the number of a person that signs in `now`, as Take does, and notes the time.
  static void NoteLogin(Session& session, const Person& person, bool reserve_deleted, Time now);
};

}  // namespace rosterd::db::timeslot
