#pragma once

#include <optional>
#include <string_view>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// Counts one request of `what` ("signup", "change") against the limits of the client's address and
/// of the e-mail address that a mail would go to (none when it is empty). 429 when one of both is
/// used up. Contract: section 19, S9.
std::optional<Problem> CountRequest(const Services& services, const Call& call,
                                    std::string_view what, std::string_view contact);

}  // namespace rosterd::bedita
