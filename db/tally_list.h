#pragma once

#include <span>
#include <vector>

#include "db/tally.h"

namespace rosterd::db {

/// `kTallies` of each dialect whose db/<dialect>/CMakeLists.txt says rosterd_tallies(<dialect>).
std::vector<std::span<const Tally>> TalliesOfDialects();

}  // namespace rosterd::db
