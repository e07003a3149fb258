#pragma once

#include <string>
#include <string_view>

namespace rosterd::bedita {

/// Where a body breaks jsonapi.schema.json, which says what a document of this dialect is; empty
/// when it does not.
std::string BreaksDocumentSchema(std::string_view body);

}  // namespace rosterd::bedita
