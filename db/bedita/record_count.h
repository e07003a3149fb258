#pragma once

#include <cstdint>
#include <optional>

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "db/connection.h"

namespace rosterd::db::bedita {

/// Two columns behind those of a page: how many records the filter lets through, added up from the
/// tallies, or NULL where those do not know it; and then the version of the lists.
Clause CountColumns(const Resource& resource, const ListFilter& filter);
/// What those columns of a row say; nothing when only counting can tell.
std::optional<uint64_t> ReadCount(Session& session, const Resource& resource,
                                  const ListFilter& filter, const Rows& rows, int first);

/// The number when no row is there to say it: added up, remembered since the last change, or
/// counted. `forgotten`: a row has just said that it is not remembered.
uint64_t CountRecords(Session& session, const Resource& resource, const ListFilter& filter,
                      bool forgotten = false);

}  // namespace rosterd::db::bedita
