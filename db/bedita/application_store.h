#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/time.h"

namespace rosterd::db::bedita {

/// The application that cannot be disabled: the Manager's.
inline constexpr uint64_t kFirstApplication = 1;

/// A program with a key of its own. Contract: section 5.
struct Application {
  uint64_t id = 0;
  std::string name;
  std::optional<std::string> description;
  std::string key_digest;     ///< SHA-256 of the key
  std::string secret_digest;  ///< SHA-256 of the secret; empty = it has none
  bool enabled = true;
  Time created_at;
  Time updated_at;
};

/// SQL of table `bedita_applications`.
class ApplicationStore {
 public:
  static std::optional<Application> Find(Session& session, uint64_t id);
  static std::optional<Application> FindByKey(Session& session, std::string_view key_digest);
  static std::optional<Application> FindByName(Session& session, std::string_view name);
  /// At most `limit`, by id.
  static std::vector<Application> List(Session& session, int limit);
  /// Inserts it, under its id when that is not 0; gives the id.
  static uint64_t Add(Session& session, const Application& application);
  /// Another key for one that is there.
  static void ReplaceKey(Session& session, uint64_t id, std::string_view key_digest, Time now);
  /// False when it is not there or was disabled before.
  static bool Disable(Session& session, uint64_t id, Time now);
};

}  // namespace rosterd::db::bedita
