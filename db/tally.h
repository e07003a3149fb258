#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "db/changes.h"
#include "db/connection.h"
#include "db/person.h"

namespace rosterd::db {

/// What persons are counted by: a column of `users` that belongs to a dialect, with what a row has
/// there when nobody says otherwise; or kStatus, or kStanding.
struct TallyColumn {
  std::string_view name;
  std::string_view usual;

  bool operator==(const TallyColumn&) const = default;
};

inline constexpr TallyColumn kStatus{"status", ""};
/// The status, or "blocked" of a blocked person.
inline constexpr TallyColumn kStanding{"standing", ""};

/// A count of persons that is kept while they are written, so that nobody counts a million rows: a
/// number for each cell, which is one combination of values of `by`. A dialect declares its own in
/// db/<dialect>/tallies.h. After a new one its migration must write the row
/// ('stale', '', 0, 1) as 0009_tallies.sql does.
struct Tally {
  enum class Of { kLiving, kTrash };  ///< the trash: deleted and not purged

  std::string_view name;  ///< a constant, at most 32 characters; a dialect's begins with its name
  Of of = Of::kLiving;
  std::span<const TallyColumn> by;
};

/// Living persons by status, of all dialects.
inline constexpr std::string_view kPersons = "persons";
/// Persons in the trash, of all dialects; one cell, "".
inline constexpr std::string_view kTrash = "trash";

/// The values of a cell, joined as they are stored.
std::string TallyCell(std::span<const std::string_view> values);

/// Keeps the tallies; all that write persons' rows go through this. PersonStore does it itself, so
/// only what inserts rows past it (demo data) and what erases columns before PersonStore::Erase
/// calls these.
class Tallies {
 public:
  /// A person was inserted, with these columns of dialects.
  static void Enter(Changes& changes, const Person& person, const DialectValues& values);
  /// A locked person is about to become another one. Asks the database only when that moves it from
  /// one cell to another.
  static void Move(Session& session, const Person& before, const Person& after,
                   const DialectValues& values);
  /// A person is about to be purged: nothing of its row has been erased yet.
  static void Leave(Session& session, UserId id);

  /// False while the sums are not to be believed: after a migration, until Recount has run.
  static bool AreKept(Session& session);

  /// Counts everything anew, at one moment, while others go on writing; corrects what differs.
  /// How many cells did. Takes seconds for each million persons; connects by itself.
  static StoreResult<uint64_t> Recount(config::Database settings);
};

/// A column of a statement: the sum of cells, or NULL while the tallies are not kept.
class TallySum {
 public:
  explicit TallySum(std::string_view tally) : tally_(tally) {}
  /// Adds one cell.
  TallySum& Cell(std::span<const std::string_view> values);
  /// Adds all cells that begin with these values; with none, the whole tally.
  TallySum& Under(std::span<const std::string_view> values);
  StatementBuilder Column() const;

 private:
  std::string_view tally_;
  std::vector<std::string> cells_;
  std::vector<std::string> prefixes_;
};

}  // namespace rosterd::db
