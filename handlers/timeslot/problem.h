#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/refusal.h"

namespace rosterd::timeslot {

/// Why a request is refused, as it goes out: a status, a body in one of the contract's four shapes,
/// and headers beyond those of every answer. Contract: section 4.
struct Problem {
  int status = 500;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};

  bool operator==(const Problem&) const = default;

  /// {"error":"<text>"} (4.1).
  static Problem Text(int status, std::string_view text);
  /// 422: a required parameter is missing or blank (4.1).
  static Problem Missing(std::string_view name);
  /// 422: the store cannot hold the value; `name` as the client spells it (4.1, DEV-3).
  static Problem Invalid(std::string_view name);
  /// {"status":"404","error":"Not Found"} (4.3, 4.4, 4.6).
  static Problem Plain(int status);
  /// One space: 404 for a record that is not there (4.5), 401 for a wrong old password (6.6).
  static Problem OneSpace(int status);
  /// 401 for a token that is missing, malformed or unknown (section 3).
  static Problem BadCredentials();
  /// 429 with Retry-After (4.1).
  static Problem TooMany(std::chrono::seconds retry_after);
  /// 503 with Retry-After.
  static Problem Unavailable(std::chrono::seconds retry_after);
};

/// Messages by attribute (snake_case), in the order in which they are to be shown. Contract: 4.2,
/// section 7.
class Violations {
 public:
  void Add(std::string_view attribute, std::string_view message);
  bool Empty() const { return attributes_.empty(); }
  /// 422.
  Problem ToProblem() const;

 private:
  using Messages = std::vector<std::string>;
  std::vector<std::pair<std::string, Messages>> attributes_;
};

/// What a refusal of the directory means where nothing more special is said: 404 with one space,
/// 422, 429, 503.
Problem ToProblem(const directory::Refusal& refusal);

/// The same where the one who may not be found is the caller: it was deleted after its token was
/// looked at, and so the token has ended. 401, as a moment later.
Problem ToCallersProblem(const directory::Refusal& refusal);

}  // namespace rosterd::timeslot
