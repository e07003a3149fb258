#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"
#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// A mail to a user: contract section 13.3.
struct AccountMail {
  std::string_view kind;  ///< "signup", "welcome", "change"
  UserId user;
  std::optional<std::string> email;  ///< without one there is no mail
  std::string link = {};             ///< of signup and change
};

/// Queues it within the caller's unit of work. Throws when its template cannot be used.
void QueueAccountMail(db::Session& session, const Call& call, const AccountMail& mail);

}  // namespace rosterd::bedita
