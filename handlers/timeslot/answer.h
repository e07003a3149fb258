#pragma once

#include <chrono>
#include <string>

#include "fcgi/request.h"
#include "fcgi/response.h"
#include "handlers/timeslot/problem.h"

namespace rosterd::timeslot {

/// 200 or 201 with JSON. The frame (ETag, caching, the headers of every answer) comes later.
fcgi::Response JsonAnswer(int status, std::string body);

/// 200 with the body of one space. Contract: 2.3.
fcgi::Response OneSpaceAnswer();

/// The answer to a refused request, without its frame.
fcgi::Response ToResponse(const Problem& problem);

/// Puts the headers of contract 2.3 on an answer: ETag and caching (unless the answer brings a
/// Cache-Control of its own, as a page for browsers does), 304 where the client has it already, and
/// what every answer carries (X-Frame-Options unless the page is stricter). `took` is the time
/// since the request came.
fcgi::Response Framed(const fcgi::Request& request, fcgi::Response response,
                      std::chrono::microseconds took);

}  // namespace rosterd::timeslot
