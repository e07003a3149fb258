#include "handlers/bedita/problem.h"

#include <algorithm>

#include "fcgi/response.h"

namespace rosterd::bedita {
namespace {

// The contract words this one in its own way.
std::string_view Phrase(int status) {
  return status == 413 ? "Payload Too Large" : fcgi::ReasonPhrase(status);
}

std::string_view MessageOf(std::string_view rule) {
  if (rule == "_required") return Violations::kRequired;
  return rule == "_empty" ? Violations::kEmpty : Violations::kInvalid;
}

Problem Taken(std::string_view field) {
  Violations violations;
  violations.Add(field, "unique");
  return violations.ToProblem();
}

}  // namespace

Problem Problem::InvalidData(std::string detail) {
  return {400, "Invalid data", std::move(detail)};
}

Problem Problem::BadInput(std::string detail) {
  return {400, "Bad JSON API input", std::move(detail)};
}

Problem Problem::Unauthorized() { return Plain(401); }

Problem Problem::NeedsUser() { return {401, "Authentication is required to continue"}; }

Problem Problem::LoginFailed() { return {401, "Login request not successful"}; }

Problem Problem::Forbidden() { return {403, "Identity is not authorized to perform this action"}; }

Problem Problem::InsufficientPriority() {
  return {403, "Could not update role. Insufficient priority"};
}

Problem Problem::Protected(std::string_view what, uint64_t id) {
  return {403, "Could not delete \"" + std::string(what) + "\" " + std::to_string(id)};
}

Problem Problem::Locked() { return {403, "Operation not allowed on \"locked\" objects"}; }

Problem Problem::NoRecord(std::string_view table) {
  return {404, "Record not found in table \"" + std::string(table) + "\""};
}

Problem Problem::NoRelationship(std::string_view name) {
  return {404, "Relationship \"" + std::string(name) + "\" does not exist"};
}

Problem Problem::IdsDiffer() { return {409, "IDs don't match"}; }

Problem Problem::OtherType() { return {409, "Unsupported resource type"}; }

Problem Problem::Later(int status, std::chrono::seconds retry_after) {
  Problem problem = Plain(status);
  const auto wait = std::max<std::chrono::seconds::rep>(1, retry_after.count());
  problem.headers.emplace_back("Retry-After", std::to_string(wait));
  return problem;
}

Problem Problem::Plain(int status) { return {status, std::string(Phrase(status))}; }

Problem ToProblem(const directory::Refusal& refusal, std::string_view table) {
  using Kind = directory::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::kNotFound:
      return Problem::NoRecord(table);
    case Kind::kUsernameTaken:
      return Taken("username");
    case Kind::kEmailTaken:
      return Taken("email");
    case Kind::kTooLong:
    case Kind::kBadText:
    case Kind::kByDialect:
      return Problem::InvalidData();
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
      return Problem::LoginFailed();
    case Kind::kThrottled:
      return Problem::Later(429, refusal.retry_after);
    case Kind::kBusy:
    case Kind::kUnavailable:
      return Problem::Later(503, refusal.retry_after);
  }
  return Problem::Plain(500);
}

void Violations::Add(std::string_view field, std::string_view rule, std::string_view message) {
  if (!detail_.empty()) detail_ += ' ';
  detail_.append("[").append(field).append(".").append(rule).append("]: ");
  detail_.append(message.empty() ? MessageOf(rule) : message);
}

Problem Violations::ToProblem() const { return Problem::InvalidData(detail_); }

}  // namespace rosterd::bedita
