#pragma once

#include <string_view>
#include <variant>

#include "directory/persons.h"
#include "directory/throttle.h"
#include "handlers/dialect.h"

namespace rosterd::timeslot {

/// How often something may be asked for in an hour, successes included. `what` names it
/// ("timeslot.reset.address"), `subject` who asks or whom it is about.
directory::Throttle::Limit HourlyLimit(std::string_view what, std::string_view subject, int most);

/// Counts one use towards each of the limits; kThrottled, and nothing counted, when one is reached.
directory::Outcome<std::monostate> CountUse(db::Session& session,
                                            const directory::Throttle& throttle,
                                            const std::vector<directory::Throttle::Limit>& limits);

}  // namespace rosterd::timeslot
