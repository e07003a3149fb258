#pragma once

#include <variant>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "directory/actor.h"
#include "directory/persons.h"

namespace rosterd::timeslot {

/// Asks each of `others` for friendship, or accepts what it asked for: one of the steps of 6.11, in
/// the order given. `others` are different from each other and from `user`. kNotFound, with nothing
/// done, when one of them is nobody. Belongs into a unit of work of the caller's.
directory::Outcome<std::monostate> Befriend(db::Session& session, const directory::Actor& actor,
                                            UserId user, const std::vector<UserId>& others);

/// Ends every friendship, or open request, of `user` with one of `others`; who is nobody, or no
/// friend, is skipped. Contract: 6.12, 5.4.
directory::Outcome<std::monostate> Unfriend(db::Session& session, const directory::Actor& actor,
                                            UserId user, const std::vector<UserId>& others);

}  // namespace rosterd::timeslot
