#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/refusal.h"
#include "fcgi/response.h"

namespace rosterd::brightact {

/// One field of a body that cannot be taken: its name, and what is said about it.
struct FieldError {
  std::string_view field;  ///< a string literal
  std::string text;
};

/// A refusal in one of this dialect's two shapes. Contract: section 7.
struct Problem {
  int status = 400;
  std::string error;               ///< used when there is nothing about fields
  std::vector<FieldError> fields;  ///< in the order of the contract's table
  std::vector<std::pair<std::string, std::string>> headers;

  static Problem Of(int status);
  static Problem Of(int status, std::string error) { return {status, std::move(error), {}, {}}; }
  static Problem OfFields(std::vector<FieldError> fields) {
    return {400, {}, std::move(fields), {}};
  }
  /// 405 with its Allow header ("GET, HEAD, OPTIONS").
  static Problem MethodNotAllowed(const std::string& allow);
  /// 429 or 503 with Retry-After, in whole seconds, at least 1.
  static Problem Later(int status, std::chrono::seconds retry_after);
};

/// What a refusal of the directory means here, as far as it is about no field: 404, 429, 503 …
Problem ToProblem(const directory::Refusal& refusal);

/// {"error":"…"} or {"errors":{"username":["…"]}}.
fcgi::Response ToResponse(const Problem& problem);

/// A response with a JSON body, in the headers that every answer of this dialect has. Contract:
/// section 3.
fcgi::Response JsonResponse(int status, std::string body);

}  // namespace rosterd::brightact
