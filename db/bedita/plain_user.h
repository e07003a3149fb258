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

/// A living user with all attributes, by its id: what RecordStore::Find reads, out of the columns
/// themselves, without the expressions that the server would resolve anew each time. Unclear when a
/// shared text holds nothing that is surely a letter or digit, for texts of blanks and the like
/// count as empty.
Result<std::optional<Record>, Unclear> FindPlainUser(Session& session, uint64_t id);

}  // namespace rosterd::db::bedita
