#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "db/connection.h"

namespace cppdb {
class result;
}

namespace rosterd::db {

/// Numbers of held statements whose last answer had so many rows that its memory is not to be kept.
using BulkyStatements = std::vector<uint64_t>;

/// Wraps an answer of cppdb to the statement `number`, which joins `bulky` when it was bulky.
/// Inside db/ only.
Rows MakeRows(const cppdb::result& result, std::shared_ptr<BulkyStatements> bulky, uint64_t number);

}  // namespace rosterd::db
