#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/ordered_list.h"
#include "db/page_memory.h"

namespace rosterd::db {

/// The pieces that pages of ordered lists are put together from. Inside db/ only.

/// Met by the rows that are equal to this one in all columns of the order but the id.
StatementBuilder InGroupOf(const OrderedList& list, const RowKey& key);

/// The ids from `start` on; backward ones come the other way round.
StatementBuilder IdsFrom(const OrderedList& list, const PageStart& start);

/// The rows of the ids that a statement gives, in the order of the list. `remembered`: behind the
/// list's own columns come the version of the lists and the key of the row.
StatementBuilder RowsOf(const OrderedList& list, const StatementBuilder& ids, bool remembered);

/// The rows from `start` on: their ids first, or all at once where nothing is sorted and little is
/// passed.
StatementBuilder RowsFrom(const OrderedList& list, const PageStart& start, bool remembered);

/// The rows of these ids, at least one, with what is remembered.
StatementBuilder RowsOfIds(const OrderedList& list, std::vector<uint64_t> ids);

/// The rows of a statement that passes `skip` rows on its way.
Rows RowsBehind(uint64_t skip, const StatementBuilder& statement, Session& session);

/// Of a row that RowsOf gave to be remembered.
uint64_t VersionOf(const Rows& rows, const OrderedList& list);
RowKey KeyOf(const Rows& rows, const OrderedList& list);

/// What a list is known by in the memory.
std::string NameOf(const OrderedList& list);

}  // namespace rosterd::db
