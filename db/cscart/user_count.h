#pragma once

#include <cstdint>
#include <optional>

#include "db/connection.h"
#include "db/cscart/user_store.h"

namespace rosterd::db::cscart {

/// Two columns behind those of a page: how many persons the filter lets through, added up from the
/// tallies, or NULL where those do not know it; and then the version of the lists.
StatementBuilder CountColumns(const UserFilter& filter);
/// What those columns of a row say; nothing when only counting can tell.
std::optional<uint64_t> ReadCount(Session& session, const UserFilter& filter, const Rows& rows,
                                  int first);

/// The number when no row is there to say it: added up, remembered since the last change, or
/// counted. `forgotten`: a row has just said that it is not remembered.
uint64_t CountUsers(Session& session, const UserFilter& filter, bool forgotten = false);

}  // namespace rosterd::db::cscart
