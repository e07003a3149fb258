#include "handlers/timeslot/problem.h"

#include <algorithm>

#include "handlers/json_writer.h"

namespace rosterd::timeslot {
namespace {

// The contract's own phrases: newer registries word 413 differently.
std::string_view Phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 413:
      return "Payload Too Large";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Internal Server Error";
  }
}

std::string RetryAfter(std::chrono::seconds wait) {
  return std::to_string(std::max<std::chrono::seconds::rep>(1, wait.count()));
}

}  // namespace

Problem Problem::Text(int status, std::string_view text) {
  JsonWriter json;
  json.StartObject();
  Field(json, "error", text);
  json.EndObject();
  return {status, json.Take()};
}

Problem Problem::Missing(std::string_view name) {
  return Text(422, "param is missing or the value is empty: " + std::string(name));
}

Problem Problem::Invalid(std::string_view name) {
  return Text(422, std::string(name) + " is invalid");
}

Problem Problem::Plain(int status) {
  JsonWriter json;
  json.StartObject();
  Field(json, "status", std::to_string(status));
  Field(json, "error", Phrase(status));
  json.EndObject();
  return {status, json.Take()};
}

Problem Problem::OneSpace(int status) { return {status, " "}; }

Problem Problem::BadCredentials() {
  return {401, "Bad credentials", {{"WWW-Authenticate", R"(Token realm="Application")"}}};
}

Problem Problem::TooMany(std::chrono::seconds retry_after) {
  Problem problem = Text(429, "too many attempts, try again later");
  problem.headers.emplace_back("Retry-After", RetryAfter(retry_after));
  return problem;
}

Problem Problem::Unavailable(std::chrono::seconds retry_after) {
  Problem problem = Plain(503);
  problem.headers.emplace_back("Retry-After", RetryAfter(retry_after));
  return problem;
}

void Violations::Add(std::string_view attribute, std::string_view message) {
  const auto known =
      std::find_if(attributes_.begin(), attributes_.end(),
                   [&](const auto& candidate) { return candidate.first == attribute; });
  if (known != attributes_.end()) {
    known->second.emplace_back(message);
    return;
  }
  attributes_.emplace_back(attribute, Messages{std::string(message)});
}

Problem Violations::ToProblem() const {
  JsonWriter json;
  json.StartObject();
  json.Key("error");
  json.StartObject();
  for (const auto& [attribute, messages] : attributes_) {
    json.Key(attribute);
    json.StartArray();
    for (const std::string& message : messages) json.Text(message);
    json.EndArray();
  }
  json.EndObject();
  json.EndObject();
  return {422, json.Take()};
}

Problem ToProblem(const directory::Refusal& refusal) {
  using Kind = directory::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::kNotFound:
      return Problem::OneSpace(404);
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
      return Problem::Text(401, "email and password didn't match");
    case Kind::kUsernameTaken:
    case Kind::kEmailTaken: {
      Violations violations;
      violations.Add("email", "has already been taken");
      return violations.ToProblem();
    }
    case Kind::kTooLong:
    case Kind::kBadText:
      return Problem::Invalid("user");
    case Kind::kThrottled:
      return Problem::TooMany(refusal.retry_after);
    case Kind::kBusy:
    case Kind::kUnavailable:
      return Problem::Unavailable(refusal.retry_after);
    case Kind::kByDialect:
      break;
  }
  return Problem::Plain(500);
}

Problem ToCallersProblem(const directory::Refusal& refusal) {
  const bool is_gone = refusal == directory::Refusal::Kind::kNotFound;
  return is_gone ? Problem::BadCredentials() : ToProblem(refusal);
}

}  // namespace rosterd::timeslot
