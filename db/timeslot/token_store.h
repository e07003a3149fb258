#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::timeslot {

/// Whose token it is.
struct TokenOwner {
  uint64_t credential = 0;
  UserId user;
};

/// SQL of this dialect's tokens, beside what db::CredentialStore has.
class TokenStore {
 public:
  /// The owner of the live token with this SHA-256 digest, when it is live itself and may sign in.
  static std::optional<TokenOwner> Find(Session& session, std::string_view digest, Time now);
};

}  // namespace rosterd::db::timeslot
