#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "db/connection.h"

namespace rosterd::db {

/// " FROM … WHERE …": whom a list holds.
struct ListCondition {
  std::string_view sql;
  std::span<const Parameter> parameters;
  /// False where a column is compared that changes without moving the version of the lists, as
  /// sign-ins do: such a count is never remembered.
  bool memorable = true;
  /// What of it is the number; the only row of `sql` has it when it is a column.
  std::string_view number = "COUNT(*)";
};

/// The count that this connection remembers for the version (db/changes.h), if any.
std::optional<uint64_t> FindCount(Session& session, const ListCondition& condition,
                                  uint64_t version);
/// Counts the rows, and remembers the number with the version of the same moment. `counted` means
/// the same rows and is sooner done.
uint64_t CountRows(Session& session, const ListCondition& condition, const ListCondition& counted);
inline uint64_t CountRows(Session& session, const ListCondition& condition) {
  return CountRows(session, condition, condition);
}
/// The number that is remembered for the version of now, if any.
std::optional<uint64_t> RecallCount(Session& session, const ListCondition& condition);
/// The same, or else a new one.
uint64_t RecallOrCount(Session& session, const ListCondition& condition);

/// Columns that a page of a list has behind its own, and its total comes with: the sum of the
/// tallies or NULL, and the version of the lists.
inline constexpr int kCountColumns = 2;

/// How many there are when a page shows all that is behind its offset: no count is needed.
inline std::optional<uint64_t> TotalOfLastPage(uint64_t offset, uint64_t rows, uint64_t limit) {
  if (rows >= limit || (rows == 0 && offset > 0)) return std::nullopt;
  return offset + rows;
}

}  // namespace rosterd::db
