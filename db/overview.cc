#include "db/overview.h"

#include <algorithm>

#include "db/tally.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kCountPersons =
    "SELECT status, COUNT(*) FROM users WHERE deleted_at IS NULL GROUP BY status";
constexpr std::string_view kCountDeleted =
    "SELECT 'deleted', COUNT(*) FROM users WHERE deleted_at IS NOT NULL AND LENGTH(username) > 0";
constexpr std::string_view kAddPersons =
    "SELECT IF(tally = 'trash', 'deleted', cell), SUM(amount) FROM tallies"
    " WHERE tally IN ('persons', 'trash') GROUP BY tally, cell";
constexpr std::string_view kCountCredentials =
    "SELECT dialect, kind, COUNT(*) FROM credentials "
    "WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) "
    "GROUP BY dialect, kind ORDER BY dialect, kind LIMIT 1000";
constexpr std::string_view kCountThrottled =
    "SELECT COUNT(*) FROM throttle WHERE RIGHT(kind, CHAR_LENGTH(?)) = ? AND failures >= ? "
    "AND window_started_at > ?";
constexpr std::string_view kServer = "SELECT @@hostname, @@version";

Person Read(const Rows& rows) {
  Person person;
  person.id = {rows.Number(0)};
  person.username = rows.Text(1);
  person.email = rows.OptionalText(2);
  person.phone = rows.Text(3);
  person.first_name = rows.Text(4);
  person.last_name = rows.Text(5);
  person.display_name = rows.Text(6);
  person.company = rows.Text(7);
  person.position = rows.Text(8);
  person.picture = rows.Text(9);
  person.status = StatusFromText(rows.Text(10)).value_or(Status::kDisabled);
  person.blocked = rows.Flag(11);
  person.deleted_at = rows.Moment(12);
  person.created_at = rows.Moment(13).value_or(Time{});
  person.updated_at = rows.Moment(14).value_or(Time{});
  person.last_login_at = rows.Moment(15);
  return person;
}

/// The statement of Overview::Persons.
StatementBuilder PersonsStatement(const Overview::Filter& filter) {
  StatementBuilder sql;
  sql.Add(
      "SELECT id, username, email, phone, first_name, last_name, display_name, company, position, "
      "picture, status, blocked, deleted_at, created_at, updated_at, last_login_at "
      "FROM users WHERE id > ");
  sql.Value(filter.after);
  if (filter.deleted) {
    sql.Add(" AND deleted_at IS NOT NULL AND LENGTH(username) > 0");
  } else {
    sql.Add(" AND deleted_at IS NULL");
  }
  if (filter.status) sql.Add(" AND status = ").Value(ToText(*filter.status));
  if (!filter.contains.empty()) {
    const std::string pattern = ContainsPattern(filter.contains);
    sql.Add(" AND (username LIKE ").Value(pattern).Add(" OR email LIKE ").Value(pattern);
    sql.Add(" OR phone LIKE ").Value(pattern).Add(" OR first_name LIKE ").Value(pattern);
    sql.Add(" OR last_name LIKE ").Value(pattern).Add(")");
  }
  sql.Add(" ORDER BY id LIMIT ").Value(filter.limit);
  return sql;
}

}  // namespace

std::vector<Person> Overview::Persons(Session& session, const Filter& filter) {
  std::vector<Person> persons;
  Rows rows = PersonsStatement(filter).Query(session);
  while (rows.Next()) persons.push_back(Read(rows));
  return persons;
}

std::vector<Overview::Count> Overview::PersonsByStatus(Session& session) {
  std::vector<Count> counts = {{"active"}, {"pending"}, {"disabled"}, {"hidden"}, {"deleted"}};
  const auto read = [&](Rows rows) {
    while (rows.Next()) {
      std::ranges::find(counts, rows.Text(0), &Count::name)->count = rows.Number(1);
    }
  };
  if (Tallies::AreKept(session)) {
    read(session.Query(kAddPersons));
    return counts;
  }
  read(session.Query(kCountPersons));
  read(session.Query(kCountDeleted));
  return counts;
}

std::vector<Overview::Count> Overview::Credentials(Session& session, Time now) {
  std::vector<Count> counts;
  Rows rows = session.Query(kCountCredentials, now);
  while (rows.Next()) counts.push_back({rows.Text(0) + " " + rows.Text(1), rows.Number(2)});
  return counts;
}

uint64_t Overview::Throttled(Session& session, const ThrottleLimit& limit, Time now) {
  Rows rows = session.Query(kCountThrottled, limit.kind_suffix, limit.kind_suffix, limit.most,
                            Time(now - limit.window));
  return rows.Next() ? rows.Number(0) : 0;
}

std::string Overview::Server(Session& session) {
  Rows rows = session.Query(kServer);
  return rows.Next() ? rows.Text(0) + ", " + rows.Text(1) : std::string();
}

}  // namespace rosterd::db
