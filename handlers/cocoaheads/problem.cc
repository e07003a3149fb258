#include "handlers/cocoaheads/problem.h"

#include <algorithm>

#include "handlers/cocoaheads/views.h"
#include "handlers/json_writer.h"

namespace rosterd::cocoaheads {
namespace {

std::string_view ReasonOf(int status) {
  switch (status) {
    case 400:
      return "The request is malformed";
    case 401:
      return "The token is missing or not valid";
    case 403:
      return "This is another user's";
    case 404:
      return "Not found";
    case 405:
      return "This method is not allowed here";
    case 409:
      return "This e-mail address is taken";
    case 413:
      return "The request is too large";
    case 415:
      return "This content type is not supported";
    case 429:
      return "Too many requests";
    case 503:
      return "The service is not available for the moment";
    default:
      return "Something went wrong";
  }
}

}  // namespace

Problem Problem::Plain(int status) { return {status, std::string(ReasonOf(status))}; }

Problem Problem::MethodNotAllowed(const std::string& allow) {
  Problem problem = Plain(405);
  problem.headers.emplace_back("Allow", allow);
  return problem;
}

Problem Problem::Later(int status, std::chrono::seconds retry_after) {
  Problem problem = Plain(status);
  const auto wait = std::max<std::chrono::seconds::rep>(1, retry_after.count());
  problem.headers.emplace_back("Retry-After", std::to_string(wait));
  return problem;
}

Problem ToProblem(const directory::Refusal& refusal) {
  using Kind = directory::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::kNotFound:
      return Problem::Plain(404);
    case Kind::kUsernameTaken:
    case Kind::kEmailTaken:
      return Problem::Plain(409);
    case Kind::kTooLong:
      return Problem::Bad("A value is too long");
    case Kind::kBadText:
      return Problem::Bad("A value holds characters that are not allowed");
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
      return {401, "The e-mail address or the password is wrong"};
    case Kind::kThrottled:
      return Problem::Later(429, refusal.retry_after);
    case Kind::kBusy:
      return Problem::Later(503, refusal.retry_after);
    case Kind::kUnavailable:
      return Problem::Later(503, std::chrono::seconds(5));
    case Kind::kByDialect:
      break;
  }
  return Problem::Plain(400);
}

fcgi::Response ToResponse(const Problem& problem) {
  JsonWriter json;
  json.StartObject();
  json.Key("error");
  json.Boolean(true);
  Field(json, "reason", problem.reason);
  json.EndObject();
  fcgi::Response response = JsonResponse(problem.status, json.Take());
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

}  // namespace rosterd::cocoaheads
