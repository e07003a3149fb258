#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/refusal.h"
#include "fcgi/response.h"

namespace rosterd::cocoaheads {

/// A refusal: its status, and a short English text without anything secret. Contract: section 6.
struct Problem {
  int status = 400;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> headers = {};

  static Problem Bad(std::string reason) { return {400, std::move(reason)}; }
  /// With the usual text of the status.
  static Problem Plain(int status);
  /// 405 with its Allow header ("GET, HEAD, PATCH").
  static Problem MethodNotAllowed(const std::string& allow);
  /// 429 or 503 with Retry-After, in whole seconds, at least 1.
  static Problem Later(int status, std::chrono::seconds retry_after);
};

/// What a refusal of the directory means here: 404, 409, 429, 503, …
Problem ToProblem(const directory::Refusal& refusal);

/// {"error":true,"reason":"…"}
fcgi::Response ToResponse(const Problem& problem);

}  // namespace rosterd::cocoaheads
