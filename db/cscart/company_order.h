#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "db/connection.h"

namespace rosterd::db::cscart {

/// The ids of a page of all persons in the order of the names of their companies: those without a
/// company that is there come first, or last when it is descending; equal ones by id. Within a
/// Snapshot. Nothing while the tallies are not kept, which say how many persons stand before a
/// company; nor when very many companies are called alike: then everybody has to be sorted.
std::optional<std::vector<uint64_t>> PageByCompany(Session& session, bool descending,
                                                   uint64_t limit, uint64_t offset);

}  // namespace rosterd::db::cscart
