#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::brightact {

/// A live API key together with its owner, who may sign in.
struct ApiKey {
  uint64_t id = 0;
  UserId owner;
  std::string role;
};

/// Finds API keys of this dialect.
class KeyStore {
 public:
  /// The live key with this SHA-256 digest; nothing also when its owner is deleted, blocked, or of
  /// another status than active.
  static std::optional<ApiKey> Find(Session& session, std::string_view digest, Time now);
};

}  // namespace rosterd::db::brightact
