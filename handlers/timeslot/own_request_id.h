#pragma once

#include <string>

#include "fcgi/request.h"

namespace rosterd::timeslot {

/// The X-Request-Id of an answer: what the client sent, of [A-Za-z0-9_-] and at most 255 of it;
/// otherwise a random UUID (version 4), made of the web server's request id where that is random.
/// Contract: 2.1.
std::string OwnRequestId(const fcgi::Request& request);

}  // namespace rosterd::timeslot
