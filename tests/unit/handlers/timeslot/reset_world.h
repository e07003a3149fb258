#pragma once

#include <string>

#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {

/// Settings with the mails that are shipped.
config::Settings MailSettings(const std::string& reset_mode = "link");

/// POST /v1/users/reset.
Reply AskForReset(World& world, const std::string& email = "mira.falk@example.net",
                  const std::string& address = "192.0.2.1");

/// The secret of the link that the newest mail holds; throws when there is none.
std::string LinkSecret(World& world);

/// GET of the page behind the link.
Reply OpenLink(World& world, const std::string& secret);

/// POST of the page's form, the password typed twice the same.
Reply SendForm(World& world, const std::string& secret, const std::string& password);

bool IsPasswordOfMira(World& world, const std::string& password);

}  // namespace rosterd::timeslot
