#include "db/changes.h"

#include <string_view>

#include "db/connection.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kVersion = "SELECT COALESCE(SUM(version), 0) FROM list_versions";
// By connection: two that write at the same time rarely meet in one row.
constexpr std::string_view kAdvance =
    "INSERT INTO list_versions (shard, version) VALUES (CONNECTION_ID() % 64, 1)"
    " ON DUPLICATE KEY UPDATE version = version + 1";

}  // namespace

void Changes::Flush(Session& session) {
  if (noted_) session.Execute(kAdvance);
  Clear();
}

uint64_t Changes::Version(Session& session) {
  Rows rows = session.Query(kVersion);
  return rows.Next() ? rows.Number(0) : 0;
}

}  // namespace rosterd::db
