#pragma once

#include <string>
#include <string_view>

#include "fcgi/request.h"

namespace rosterd::fcgi {

/// The name or address of "name:port": "localhost" of "localhost:8080", "[::1]" of "[::1]:8080".
std::string_view HostName(std::string_view host_and_port);

/// Whether a name, in lower case, means the machine that asks: localhost, all below it, 127.0.0.1
/// and [::1]. Nobody else can be there.
bool IsLoopbackName(std::string_view name);

/// Host and port for links that go to somebody else than who asks, as a mail does. A client can
/// forge the Host header, so it counts only when it has nginx's SERVER_NAME or names the asking
/// machine itself; else it is SERVER_NAME, and "localhost" when that is no name ("_", a pattern).
std::string TrustedHost(const Request& request);

}  // namespace rosterd::fcgi
