#pragma once

#include <array>

#include "db/tally.h"

namespace rosterd::db::bedita {

inline constexpr std::array<TallyColumn, 1> kByLocked = {{{"bedita_locked", "0"}}};
/// Deleted users by whether they are locked: the locked ones are not in the trash.
inline constexpr Tally kTrashTally{"bedita.trash", Tally::Of::kTrash, kByLocked};

inline constexpr std::array<Tally, 1> kTallies = {kTrashTally};

}  // namespace rosterd::db::bedita
