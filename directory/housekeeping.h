#pragma once

#include <cstdint>

#include "db/connection.h"
#include "directory/actor.h"
#include "directory/persons.h"

namespace rosterd::directory {

/// What one round of housekeeping removed.
struct Swept {
  uint64_t purged_persons = 0;
  uint64_t credentials = 0;
  uint64_t throttle_windows = 0;
  uint64_t mails = 0;

  bool operator==(const Swept&) const = default;
};

/// Removes what nobody needs any more, in small bites: persons past `trash_days`, credentials that
/// ended and mails that were given up more than 30 days ago, throttle windows older than a day. May
/// run anywhere at any time, also on several hosts at once.
Outcome<Swept> Sweep(db::Connection& connection, Persons& persons, const Actor& actor);

}  // namespace rosterd::directory
