#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/response.h"

namespace rosterd::cocoaheads {

/// "GET, HEAD, PATCH": the value of an Allow header.
std::string AllowValue(const std::vector<std::string_view>& methods);

/// The answer to OPTIONS: 204 with Allow.
fcgi::Response OptionsResponse(const std::vector<std::string_view>& methods);

}  // namespace rosterd::cocoaheads
