#pragma once

#include <string>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::fcgi {

/// The bytes that answer `request`: status line, headers, blank line and the body, as far as it is
/// not streamed. Content-Length and the body are left out where HTTP wants it so (204, 304, HEAD).
/// Nothing in a header can end it: control characters become blanks, a header whose name is no HTTP
/// token is left out, and so are the ones that this layer writes itself.
std::string AnswerText(const Request& request, const Response& response);

/// True when the answer is a header block only (HEAD, 204, 304), so that a stream is not even
/// asked.
bool HasNoBody(const Request& request, const Response& response);

}  // namespace rosterd::fcgi
