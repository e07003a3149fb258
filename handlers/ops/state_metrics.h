#pragma once

#include <string>

#include "db/connection.h"
#include "directory/hash_slots.h"

namespace rosterd::ops {

/// How the program and its directory stand at this moment, as Prometheus text: the version, when
/// the master was started, passwords being hashed, whether the database answers, its schema and the
/// outbox. What only the database knows is left out while it does not answer.
std::string StateMetrics(db::Connection& connection, const directory::HashSlots& hash_slots,
                         db::Time started);

}  // namespace rosterd::ops
