#pragma once

#include <string>

#include "config/settings.h"
#include "db/time.h"

namespace rosterd::ctl {

/// Runs mariadb-dump of the whole database into a new file of `folder`, readable by us alone; gives
/// its path. Throws Failure when the program, the folder or the database is not there.
std::string Dump(const config::Database& settings, const std::string& folder, db::Time now);

}  // namespace rosterd::ctl
