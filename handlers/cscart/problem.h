#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "directory/refusal.h"
#include "fcgi/response.h"

namespace rosterd::cscart {

/// A refusal in this dialect's shape: status, and details in two groups. Contract: section 8.
struct Problem {
  int status = 400;
  std::vector<std::string> errors;    ///< duplicate, policy, permission, refusal
  std::vector<std::string> messages;  ///< missing fields, syntax, method
  std::vector<std::pair<std::string, std::string>> headers;

  static Problem Error(std::string detail) { return {400, {std::move(detail)}, {}, {}}; }
  static Problem Message(std::string detail) { return {400, {}, {std::move(detail)}, {}}; }
  static Problem Plain(int status) { return {status, {}, {}, {}}; }
  static Problem Detailed(int status, std::string message) {
    return {status, {}, {std::move(message)}, {}};
  }
  /// 405 with its Allow header ("GET, HEAD, POST").
  static Problem MethodNotAllowed(const std::string& allow);
  /// 401 with the header that the contract words (section 5).
  static Problem Unauthorized();
  /// 429 or 503 with Retry-After, in whole seconds, at least 1.
  static Problem Later(int status, std::chrono::seconds retry_after);
};

/// What a refusal of the directory means here: 404, 400 "user already exists", 429, 503 …
Problem ToProblem(const directory::Refusal& refusal);

/// The answer: `message` first, then `errors`, `messages` where there are any, `status` last.
fcgi::Response ToResponse(const Problem& problem);

}  // namespace rosterd::cscart
