#pragma once

#include <string>
#include <string_view>

#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// The JSON Schema of "users" or "roles". Contract: section 16.1.
std::string SchemaOf(const Call& call, std::string_view type);

/// Its revision: a decimal number that changes with its properties and with the settings that show
/// in them. Contract: section 3.1.
std::string SchemaRevision(const Call& call, std::string_view type);

}  // namespace rosterd::bedita
