#include "db/tally.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "db/tally_list.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kBlocked = "blocked";

constexpr std::array<TallyColumn, 1> kByStatus = {kStatus};
constexpr std::array<Tally, 2> kShared = {{
    {kPersons, Tally::Of::kLiving, kByStatus},
    {kTrash, Tally::Of::kTrash, {}},
}};

const std::vector<Tally>& AllTallies() {
  static const std::vector<Tally> tallies = [] {
    std::vector<Tally> all(kShared.begin(), kShared.end());
    for (const auto& of_dialect : TalliesOfDialects()) {
      all.insert(all.end(), of_dialect.begin(), of_dialect.end());
    }
    return all;
  }();
  return tallies;
}

/// All columns of dialects that persons are counted by, each once.
const std::vector<TallyColumn>& DialectColumns() {
  static const std::vector<TallyColumn> columns = [] {
    std::vector<TallyColumn> found;
    for (const Tally& tally : AllTallies()) {
      for (const TallyColumn& column : tally.by) {
        if (column == kStatus || column == kStanding) continue;
        if (std::ranges::find(found, column) == found.end()) found.push_back(column);
      }
    }
    return found;
  }();
  return columns;
}

/// ", cscart_user_type, …": those columns, behind others. Bytes, so that letters keep their case
/// where rows are grouped.
std::string DialectColumnNames() {
  std::string names;
  for (const TallyColumn& column : DialectColumns()) {
    names.append(", CAST(").append(column.name).append(" AS BINARY)");
  }
  return names;
}

/// What of a row of `users` decides about its cells.
struct Countable {
  bool purged = false;
  bool deleted = false;
  bool blocked = false;
  std::string status;
  std::vector<std::string> values;  ///< of DialectColumns()

  bool operator==(const Countable&) const = default;

  std::string_view Value(const TallyColumn& column) const {
    if (column == kStatus) return status;
    if (column == kStanding) return blocked ? kBlocked : std::string_view(status);
    const auto& columns = DialectColumns();
    return values[static_cast<size_t>(std::ranges::find(columns, column) - columns.begin())];
  }
};

Countable Shared(const Person& person) {
  Countable row;
  row.purged = person.username.empty();
  row.deleted = person.deleted_at.has_value();
  row.blocked = person.blocked;
  row.status = ToText(person.status);
  return row;
}

/// Reads a row whose columns begin with purged, deleted, blocked, status at `first`.
Countable ReadCountable(const Rows& rows, int first) {
  Countable row;
  row.purged = rows.Flag(first);
  row.deleted = rows.Flag(first + 1);
  row.blocked = rows.Flag(first + 2);
  row.status = rows.Text(first + 3);
  for (size_t i = 0; i < DialectColumns().size(); ++i) {
    row.values.push_back(rows.Text(first + 4 + static_cast<int>(i)));
  }
  return row;
}

/// Whether any of the columns is one that persons are counted by.
bool Overlay(const DialectValues& changes, std::vector<std::string>& values) {
  bool any = false;
  const auto& columns = DialectColumns();
  for (const auto& [column, value] : changes) {
    const auto found = std::ranges::find(columns, column.name, &TallyColumn::name);
    if (found == columns.end()) continue;
    any = true;
    values[static_cast<size_t>(found - columns.begin())] = value.Text();
  }
  return any;
}

void Add(Changes& changes, const Countable& row, int64_t persons) {
  if (row.purged) return;
  const Tally::Of of = row.deleted ? Tally::Of::kTrash : Tally::Of::kLiving;
  std::vector<std::string_view> values;
  for (const Tally& tally : AllTallies()) {
    if (tally.of != of) continue;
    values.clear();
    for (const TallyColumn& column : tally.by) values.push_back(row.Value(column));
    changes.Count(tally.name, TallyCell(values), persons);
  }
}

std::string CountableColumns() {
  return "LENGTH(username) = 0, deleted_at IS NOT NULL, blocked <> 0, status" +
         DialectColumnNames();
}

// The row as it is now, not as it was when the transaction began to read.
Countable Locked(Session& session, UserId id) {
  static const std::string find =
      "SELECT " + CountableColumns() + " FROM users WHERE id = ? FOR UPDATE";
  Rows rows = session.Query(find, id);
  Countable nobody;
  nobody.purged = true;
  return rows.Next() ? ReadCountable(rows, 0) : nobody;
}

constexpr std::string_view kStale = "SELECT 1 FROM tallies WHERE tally = 'stale'";
constexpr std::string_view kBelieve = "DELETE FROM tallies WHERE tally = 'stale'";
constexpr std::string_view kLock =
    "INSERT INTO tallies (tally, cell, shard, amount) VALUES ('recount', '', 0, 1)"
    " ON DUPLICATE KEY UPDATE amount = amount + 1";
constexpr std::chrono::minutes kRecountTimeout{30};

// Rows and sums out of one statement, so of one moment: what others add to both meanwhile stays
// out of both.
std::string RecountSql() {
  std::string groups = "1";
  std::string nothing;
  for (size_t i = 0; i < DialectColumns().size(); ++i) nothing += ", ''";
  for (size_t i = 2; i <= 4 + DialectColumns().size(); ++i) groups += ", " + std::to_string(i);
  return "SELECT " + CountableColumns() +
         ", COUNT(*), NULL, NULL FROM users WHERE LENGTH(username) > 0 GROUP BY " + groups +
         " UNION ALL SELECT 0, 0, 0, ''" + nothing +
         ", SUM(amount), tally, cell FROM tallies WHERE tally NOT IN ('version', "
         "'sign_ins', 'stale', 'recount') GROUP BY tally, cell";
}

// What the cells lack.
void AddDifferences(Session& session, Changes& differences) {
  static const std::string sql = RecountSql();
  const int count = 4 + static_cast<int>(DialectColumns().size());
  Rows rows = session.Query(sql);
  while (rows.Next()) {
    if (rows.IsNull(count + 1)) {
      Add(differences, ReadCountable(rows, 0), rows.Signed(count));
    } else {
      differences.Count(rows.Text(count + 1), rows.Text(count + 2), -rows.Signed(count));
    }
  }
}

}  // namespace

std::string TallyCell(std::span<const std::string_view> values) {
  std::string cell;
  for (const std::string_view& value : values) {
    if (&value != values.data()) cell += '|';
    cell += value;
  }
  return cell;
}

void Tallies::Enter(Changes& changes, const Person& person, const DialectValues& values) {
  Countable row = Shared(person);
  row.purged = false;  // a name may be made of the id afterwards
  for (const TallyColumn& column : DialectColumns()) row.values.emplace_back(column.usual);
  Overlay(values, row.values);
  Add(changes, row, 1);
}

void Tallies::Move(Session& session, const Person& before, const Person& after,
                   const DialectValues& values) {
  std::vector<std::string> unused(DialectColumns().size());
  if (Shared(before) == Shared(after) && !Overlay(values, unused)) return;
  Countable row = Shared(before);
  row.values = Locked(session, before.id).values;
  Add(session.Notes(), row, -1);
  Countable moved = Shared(after);
  moved.values = std::move(row.values);
  Overlay(values, moved.values);
  Add(session.Notes(), moved, 1);
}

void Tallies::Leave(Session& session, UserId id) { Add(session.Notes(), Locked(session, id), -1); }

bool Tallies::AreKept(Session& session) { return !session.Query(kStale).Next(); }

StoreResult<uint64_t> Tallies::Recount(config::Database settings) {
  settings.read_timeout = kRecountTimeout;
  Connection connection(std::move(settings));
  return connection.Transaction([](Session& session) -> StoreResult<uint64_t> {
    // One recount at a time: the next one waits here, before it looks.
    session.Execute(kLock);
    AddDifferences(session, session.Notes());
    session.Execute(kBelieve);
    return session.Notes().Cells();
  });
}

}  // namespace rosterd::db
