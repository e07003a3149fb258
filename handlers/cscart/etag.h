#pragma once

#include <string>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::cscart {

/// A 200 with this JSON and its ETag, or 304 without a body when the client's If-None-Match has it
/// already. Contract: section 22.
fcgi::Response TaggedResponse(const fcgi::Request& request, std::string body);

}  // namespace rosterd::cscart
