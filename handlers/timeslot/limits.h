#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/throttle.h"
#include "handlers/dialect.h"
#include "handlers/timeslot/problem.h"

namespace rosterd::timeslot {

/// At most `most` of `what` ("sign_up.address") for one subject in an hour.
directory::Throttle::Limit HourlyLimit(std::string_view what, std::string subject, int most);

/// Counts one more towards the limits; the problem 429 when one is used up already, 503 without a
/// database. Contract: 4.1, DEV-4.
std::optional<Problem> Spend(const Services& services,
                             const std::vector<directory::Throttle::Limit>& limits);

}  // namespace rosterd::timeslot
