#pragma once

#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::timeslot {

/// At most `limit` live persons with an id above `after`, by id: id, names and picture alone.
std::vector<Person> ListUsers(Session& session, UserId after, int limit);

}  // namespace rosterd::db::timeslot
