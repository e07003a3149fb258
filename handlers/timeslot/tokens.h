#pragma once

#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"
#include "directory/actor.h"

namespace rosterd::timeslot {

/// A new token: 27 characters of [A-Za-z0-9_-]. Contract: section 3.
std::string NewToken();

/// Stores a token of `user`, whose row the caller's unit of work has locked or just made; ends its
/// oldest ones, so that `most` are left. The caller moves the epoch after its commit.
void StoreToken(db::Session& session, const directory::Actor& actor, UserId user,
                std::string_view token, int most);

}  // namespace rosterd::timeslot
