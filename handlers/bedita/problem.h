#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/refusal.h"

namespace rosterd::bedita {

/// A refusal in this dialect's shape. Contract: section 4. The gate writes it, with the links and
/// the content type of the request.
struct Problem {
  int status = 500;
  std::string title;
  std::string detail = {};
  std::string code = {};
  std::vector<std::pair<std::string, std::string>> headers = {};

  /// 400 `Invalid data`, with a detail or without one.
  static Problem InvalidData(std::string detail = {});
  /// 400 `Bad JSON API input`.
  static Problem BadInput(std::string detail);
  /// 401 `Unauthorized`.
  static Problem Unauthorized();
  /// 401 `Authentication is required to continue`.
  static Problem NeedsUser();
  /// 401 `Login request not successful`.
  static Problem LoginFailed();
  /// 403 `Identity is not authorized to perform this action`.
  static Problem Forbidden();
  /// 403 `Could not update role. Insufficient priority`.
  static Problem InsufficientPriority();
  /// 403 `Could not delete "User" 1`; `what` is "User" or "Role".
  static Problem Protected(std::string_view what, uint64_t id);
  /// 403 ``Operation not allowed on "locked" objects``.
  static Problem Locked();
  /// 404 `Record not found in table "users"`.
  static Problem NoRecord(std::string_view table);
  /// 404 `Relationship "x" does not exist`.
  static Problem NoRelationship(std::string_view name);
  /// 409 `IDs don't match`, `Unsupported resource type`.
  static Problem IdsDiffer();
  static Problem OtherType();
  /// 429 or 503 with Retry-After, in whole seconds, at least 1.
  static Problem Later(int status, std::chrono::seconds retry_after);
  /// A status with the phrase of the protocol as its title.
  static Problem Plain(int status);
};

/// What a refusal of the directory means here when the endpoint has no better word: 404 for
/// `table`, 400 for taken names and bad texts, 429, 503 …
Problem ToProblem(const directory::Refusal& refusal, std::string_view table = "users");

/// The rules that the fields of a request broke, all of them, in the order of finding. Contract:
/// section 8.4.
class Violations {
 public:
  static constexpr std::string_view kRequired = "This field is required";
  static constexpr std::string_view kEmpty = "This field cannot be left empty";
  static constexpr std::string_view kInvalid = "The provided value is invalid";

  /// One more; the message comes from the rule (`_required`, `_empty`, others) when none is given.
  /// A message holds no "[": clients cut the detail there.
  void Add(std::string_view field, std::string_view rule, std::string_view message = {});
  bool Empty() const { return detail_.empty(); }
  /// 400 `Invalid data`, `[field.rule]: message [field.rule]: message`.
  Problem ToProblem() const;

 private:
  std::string detail_;
};

}  // namespace rosterd::bedita
