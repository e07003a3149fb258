#pragma once

#include <cstdint>
#include <optional>

#include "ctl/output.h"
#include "db/connection.h"
#include "db/ids.h"
#include "db/timeslot/profile_store.h"
#include "directory/persons.h"

namespace rosterd::ctl {

/// What the command line says about a person's Timeslot counters, which the server of the slots
/// pushes; what is not set stays.
struct TimeslotOptions {
  std::optional<uint64_t> slot_count;
  std::optional<uint64_t> reslot_count;
};

/// The columns after the options were applied. Throws Failure for a number that does not fit.
db::timeslot::Profile Apply(const TimeslotOptions& options, db::timeslot::Profile profile);

/// Puts the change of the counters into an edit of a person.
void Change(db::Session& session, UserId id, const TimeslotOptions& options,
            directory::EditExtras& extras);

/// Appends the columns that the tool shows.
void Append(Record& record, const db::timeslot::Profile& profile);

}  // namespace rosterd::ctl
