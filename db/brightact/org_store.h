#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/time.h"

namespace rosterd::db::brightact {

/// An organisation: what `org_id` of a person names.
struct Org {
  uint64_t id = 0;
  std::string name;
  Time created_at;
  Time updated_at;
};

/// SQL of table `brightact_orgs`.
class OrgStore {
 public:
  enum class Lock {
    kNone,
    kShared,  ///< it will not be deleted before the end of this transaction
    kOwn,     ///< nobody else changes it, or joins it, before the end of this transaction
  };

  /// Inserts an organisation and gives its id, which was never used before.
  static uint64_t Insert(Session& session, std::string_view name, Time now);
  static std::optional<Org> Find(Session& session, uint64_t id, Lock lock = Lock::kNone);
  /// At most `limit` organisations with an id above `after`, by id.
  static std::vector<Org> List(Session& session, uint64_t after, int limit);
  static void Rename(Session& session, uint64_t id, std::string_view name, Time now);
  /// Takes all persons out of it, deleted ones too; how many there were. Nothing else of them
  /// changes. The caller has locked it for itself.
  static uint64_t ReleaseMembers(Session& session, uint64_t id);
  static void Remove(Session& session, uint64_t id);
};

}  // namespace rosterd::db::brightact
