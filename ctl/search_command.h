#pragma once

#include <string>

#include "ctl/tool.h"
#include "db/search_store.h"

namespace rosterd::ctl {

/// Builds the index of substring search anew, and waits for it.
void RebuildSearch(Tool& tool);

/// "building": where the index is.
std::string ToText(db::SearchStore::Phase phase);

}  // namespace rosterd::ctl
