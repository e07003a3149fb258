#include "db/throttle_store.h"

#include "db/hex.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kGet =
    "SELECT failures, window_started_at FROM throttle"
    " WHERE kind = ? AND subject = UNHEX(?) AND window_started_at > ? LIMIT 1";

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

}  // namespace

ThrottleStore::Count ThrottleStore::Get(Session& session, std::string_view kind,
                                        std::string_view subject, Time now,
                                        std::chrono::seconds window) {
  Rows rows = session.Query(kGet, kind, Hex(subject), now - window);
  if (!rows.Next()) return {};
  return {rows.Number(0), rows.Moment(1).value_or(now)};
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
