#pragma once

#include <string>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::cscart {

/// A 200 with this JSON and its ETag, or 304 without a body when the client's If-None-Match has it
/// already. Contract: section 22.
fcgi::Response TaggedResponse(const fcgi::Request& request, std::string body);
/// The same when the ETag of the body is known.
fcgi::Response TaggedResponse(const fcgi::Request& request, std::string body,
                              const std::string& tag);

/// The ETag of a body, with its quotes.
std::string TagOf(std::string_view body);

}  // namespace rosterd::cscart
