#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "db/connection.h"
#include "db/literal.h"

namespace rosterd::db {

class RememberedPage;

/// One column of an order; NULL comes first, and last when it is descending.
struct SortColumn {
  Literal sql;
  bool descending = false;
};

/// " ORDER BY …"; in the opposite direction when `reversed`.
StatementBuilder OrderBy(const std::vector<SortColumn>& order, bool reversed = false);

/// A list of persons, `users u`, in an order, and what is read of each.
struct OrderedList {
  StatementBuilder select;           ///< "SELECT u.id, …"
  int columns = 0;                   ///< that `select` has
  Literal source = " FROM users u";  ///< what `where` and `order` speak of, maybe with an index
  Literal joins;                     ///< behind the rows of the page, for `select` and `order`
  StatementBuilder where;            ///< " WHERE …", not empty
  std::vector<SortColumn> order;     ///< all up or all down, then the id
  /// `source` names an index that gives the rows in their order, or in that order reversed.
  bool indexed = false;
  /// No row comes, goes or moves without the version of the lists (db/changes.h).
  bool lasting = false;
  /// The index of `source` has the columns the other way round: read backward, it gives the rows in
  /// order but for those that are equal to each other, whose ids come down instead of up.
  bool mirrored = false;
  /// A shorter way to the ids of a page than to sort; nothing where it leads nowhere. Runs within a
  /// Snapshot.
  std::function<std::optional<std::vector<uint64_t>>(Session&, uint64_t limit, uint64_t offset)>
      find;
};

/// Calls `row` for each of the rows [offset, offset + limit) of the list as it is at one moment, in
/// their order. A page far from the beginning is read from the nearest row that is known to stand
/// somewhere under this version of the lists: only the first such page has to walk there.
/// What was found goes into `memory` when it is given.
void ReadPage(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset,
              const std::function<void(const Rows&)>& row, RememberedPage* memory = nullptr);

}  // namespace rosterd::db
