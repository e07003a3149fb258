#include "db/changes.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kVersion =
    "SELECT COALESCE(SUM(amount), 0) FROM tallies WHERE tally = 'version'";

// Both only ever grow, so their sum is another number as soon as one of them is.
constexpr std::string_view kVersionOfAll =
    "SELECT COALESCE(SUM(amount), 0) FROM tallies WHERE tally IN ('sign_ins', 'version')";

constexpr size_t kRowsAtOnce = 8;
constexpr size_t kQueuedAtOnce = 1000;  // a statement takes 65,535 values

/// One row of `tallies` and what is added to it.
struct Addition {
  std::string_view tally;
  std::string_view cell;
  int64_t amount = 0;
};

void Add(Session& session, const Addition* rows, size_t count) {
  StatementBuilder sql;
  sql.Add("INSERT INTO tallies (tally, cell, shard, amount) VALUES ");
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) sql.Add(", ");
    sql.Add("(").Value(rows[i].tally).Add(", ").Value(rows[i].cell);
    sql.Add(", @rosterd_shard, ").Value(rows[i].amount).Add(")");
  }
  sql.Add(" ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)");
  sql.Execute(session);
}

/// Inserts a row for each entry, many in one statement.
template <typename Entry, typename AddValues>
void InsertAll(Session& session, Literal insert, const std::vector<Entry>& entries,
               const AddValues& add_values) {
  for (size_t done = 0; done < entries.size(); done += kQueuedAtOnce) {
    StatementBuilder sql;
    sql.Add(insert);
    const size_t end = std::min(done + kQueuedAtOnce, entries.size());
    for (size_t i = done; i < end; ++i) {
      sql.Add(i > done ? Literal(", (") : Literal("("));
      add_values(sql, entries[i]);
      sql.Add(")");
    }
    sql.Execute(session);
  }
}

}  // namespace

void Changes::Count(std::string_view tally, std::string_view cell, int64_t persons) {
  noted_ = true;
  persons_[{std::string(tally), std::string(cell)}] += persons;
}

uint64_t Changes::Cells() const {
  return static_cast<uint64_t>(
      std::ranges::count_if(persons_, [](const auto& cell) { return cell.second != 0; }));
}

void Changes::Flush(Session& session) {
  Queue(session);
  if (noted_ || signed_in_) AddUp(session);
  Clear();
}

void Changes::AddUp(Session& session) const {
  std::vector<Addition> rows;
  for (const auto& [key, persons] : persons_) {
    if (persons != 0) rows.push_back({key.first, key.second, persons});
  }
  if (noted_) rows.push_back({"version", "", 1});
  if (signed_in_) rows.push_back({"sign_ins", "", 1});
  std::ranges::sort(rows, {}, [](const Addition& row) { return std::pair(row.tally, row.cell); });
  for (size_t done = 0; done < rows.size(); done += kRowsAtOnce) {
    Add(session, &rows[done], std::min(kRowsAtOnce, rows.size() - done));
  }
}

void Changes::Queue(Session& session) const {
  std::vector<UserId> born;
  std::vector<const Texts*> changed;
  for (const Texts& texts : texts_) {
    if (texts.kind == Texts::Kind::kNew) born.push_back(texts.person);
    if (texts.kind > Texts::Kind::kNew) changed.push_back(&texts);
  }
  InsertAll(session, "INSERT IGNORE INTO person_ids (id) VALUES ", born,
            [](StatementBuilder& sql, UserId person) { sql.Value(person); });
  InsertAll(session, "INSERT INTO search_queue (user_id, erased) VALUES ", changed,
            [](StatementBuilder& sql, const Texts* texts) {
              sql.Value(texts->person).Add(", ");
              sql.Value(texts->kind == Texts::Kind::kErased ? 1 : 0);
            });
}

uint64_t Changes::Version(Session& session) {
  Rows rows = session.Query(kVersion);
  return rows.Next() ? rows.Number(0) : 0;
}

uint64_t Changes::VersionOfAll(Session& session) {
  Rows rows = session.Query(kVersionOfAll);
  return rows.Next() ? rows.Number(0) : 0;
}

}  // namespace rosterd::db
