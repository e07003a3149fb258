#include "db/list_count.h"

#include <string>

#include "db/changes.h"
#include "db/list_memory.h"

namespace rosterd::db {
namespace {

// Unmistakable: each value with its length, NULL without one.
std::string KeyOf(const ListCondition& condition) {
  std::string key(condition.sql);
  for (const Parameter& parameter : condition.parameters) {
    key += '\n';
    if (parameter.IsNull()) continue;
    key.append(std::to_string(parameter.Text().size())).append(":").append(parameter.Text());
  }
  return key;
}

}  // namespace

std::optional<uint64_t> FindCount(Session& session, const ListCondition& condition,
                                  uint64_t version) {
  if (!condition.memorable) return std::nullopt;
  const uint64_t* count = session.Lists().Counts().Find(KeyOf(condition), version);
  if (count == nullptr) return std::nullopt;
  return *count;
}

uint64_t CountRows(Session& session, const ListCondition& condition, const ListCondition& counted) {
  std::string sql = "SELECT ";
  sql.append(counted.number).append(", ").append(Changes::kVersionColumn).append(counted.sql);
  Rows rows = session.QueryAnew(sql, counted.parameters);
  if (!rows.Next()) return 0;
  const uint64_t count = rows.Number(0);
  if (condition.memorable) session.Lists().Counts().Put(KeyOf(condition), rows.Number(1), count);
  return count;
}

std::optional<uint64_t> RecallCount(Session& session, const ListCondition& condition) {
  if (!condition.memorable) return std::nullopt;
  return FindCount(session, condition, Changes::Version(session));
}

uint64_t RecallOrCount(Session& session, const ListCondition& condition) {
  const auto count = RecallCount(session, condition);
  return count ? *count : CountRows(session, condition);
}

}  // namespace rosterd::db
