#include "db/throttle_store.h"

#include <algorithm>

#include "db/hex.h"

namespace rosterd::db {
namespace {

// The assignments are done from left to right: failures looks at the window that was.
constexpr std::string_view kAdd =
    "INSERT INTO throttle (kind, subject, failures, window_started_at)"
    " VALUES (?, UNHEX(?), 1, ?)"
    " ON DUPLICATE KEY UPDATE"
    " failures = IF(window_started_at > ?, failures + 1, 1),"
    " window_started_at = IF(window_started_at > ?, window_started_at, ?)";

constexpr std::string_view kClear = "DELETE FROM throttle WHERE kind = ? AND subject = UNHEX(?)";

constexpr std::string_view kSweep =
    "DELETE FROM throttle WHERE window_started_at < ? ORDER BY window_started_at LIMIT ?";

// By the primary key alone: the server would think about the other index at each execution.
StatementBuilder Select(std::span<const ThrottleStore::Key> keys) {
  StatementBuilder statement;
  statement.Add(
      "SELECT kind, subject, failures, window_started_at FROM throttle FORCE INDEX (PRIMARY)"
      " WHERE ");
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) statement.Add(" OR ");
    statement.Add("(kind = ").Value(keys[i].kind);
    statement.Add(" AND subject = UNHEX(").Value(Hex(keys[i].subject)).Add("))");
  }
  statement.Add(" LIMIT ").Value(keys.size());
  return statement;
}

}  // namespace

std::vector<ThrottleStore::Count> ThrottleStore::Get(Session& session, std::span<const Key> keys,
                                                     Time now) {
  std::vector<Count> counts(keys.size());
  if (keys.empty()) return counts;
  Rows rows = Select(keys).Query(session);
  while (rows.Next()) {
    const std::string kind = rows.Text(0);
    const std::string subject = rows.Text(1);
    const auto key = std::ranges::find_if(
        keys, [&](const Key& each) { return each.kind == kind && each.subject == subject; });
    if (key == keys.end()) continue;
    const Time started = rows.Moment(3).value_or(now);
    if (started <= now - key->window) continue;
    counts.at(static_cast<size_t>(key - keys.begin())) = {rows.Number(2), started};
  }
  return counts;
}

void ThrottleStore::Add(Session& session, std::string_view kind, std::string_view subject, Time now,
                        std::chrono::seconds window) {
  const Time open_since = now - window;
  session.Execute(kAdd, kind, Hex(subject), now, open_since, open_since, now);
}

void ThrottleStore::Clear(Session& session, std::string_view kind, std::string_view subject) {
  session.Execute(kClear, kind, Hex(subject));
}

uint64_t ThrottleStore::Sweep(Session& session, Time before, int limit) {
  return session.Execute(kSweep, before, limit).rows;
}

}  // namespace rosterd::db
