#pragma once

#include <chrono>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::fcgi {

struct RequestTimes {
  std::chrono::microseconds total;
  std::chrono::microseconds database;
};

/// Writes the one line of a request: `time=2026-03-01T12:00:00.123Z id=… dialect=cscart method=GET
/// route=users/{id} status=200 us=412 db_us=180 person=7`. A status of 500 and above is a warning.
/// The path, the query and everything that the client sent otherwise stay out of it.
void LogRequest(const Request& request, const Response& response, const RequestTimes& times);

}  // namespace rosterd::fcgi
