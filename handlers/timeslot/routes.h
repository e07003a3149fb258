#pragma once

#include <memory>

#include "db/connection.h"
#include "db/ids.h"
#include "handlers/dialect.h"

namespace rosterd::timeslot {

/// The Timeslot users API, whole. Contract: contracts/timeslot.md.
std::unique_ptr<Dialect> MakeTimeslot(const Services& services);

/// Erases what this dialect keeps of a person beside its row, when the person is purged.
void ErasePerson(db::Session& session, UserId id);

}  // namespace rosterd::timeslot
