#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "db/bedita/record_store.h"
#include "db/connection.h"
#include "db/result.h"

namespace rosterd::db::bedita {

/// Only the server's collation can tell what is shown.
using Unclear = std::monostate;

/// What a person's row is read from where all attributes are wanted: the columns themselves,
/// without the expressions that the server would resolve and compute anew each time.
struct PlainColumns {
  StatementBuilder select;  ///< "SELECT u.id, …" of `users u`
  int count = 0;
};
PlainColumns PlainUserColumns();

/// The user with all attributes out of a row that begins with these columns. Unclear when a shared
/// text holds nothing that is surely a letter or digit, for texts of blanks and the like count as
/// empty.
Result<Record, Unclear> ReadPlainUser(const Rows& rows);

/// A living user with all attributes, by its id: what RecordStore::Find reads.
Result<std::optional<Record>, Unclear> FindPlainUser(Session& session, uint64_t id);

}  // namespace rosterd::db::bedita
