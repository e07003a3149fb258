#include "handlers/brightact/problem.h"

#include <algorithm>

#include "handlers/json_writer.h"

namespace rosterd::brightact {
namespace {

std::string_view TextOf(int status) {
  switch (status) {
    case 400:
      return "The request cannot be understood.";
    case 401:
      return "Invalid API key.";
    case 403:
      return "This API key may not do that.";
    case 404:
      return "Not found.";
    case 405:
      return "Method not allowed.";
    case 406:
      return "Only JSON is offered.";
    case 413:
      return "The request is too large.";
    case 415:
      return "Unsupported media type.";
    case 429:
      return "Too many requests.";
    case 503:
      return "Temporarily unavailable.";
    case 504:
      return "Timed out.";
    default:
      return "Internal error.";
  }
}

/// Errors of one field stand together: the list is in the order of the fields.
void WriteFields(JsonWriter& json, const std::vector<FieldError>& fields) {
  json.Key("errors");
  json.StartObject();
  for (size_t i = 0; i < fields.size(); ++i) {
    const bool first = i == 0 || fields[i - 1].field != fields[i].field;
    const bool last = i + 1 == fields.size() || fields[i + 1].field != fields[i].field;
    if (first) {
      json.Key(fields[i].field);
      json.StartArray();
    }
    json.Text(fields[i].text);
    if (last) json.EndArray();
  }
  json.EndObject();
}

}  // namespace

Problem Problem::Of(int status) { return Of(status, std::string(TextOf(status))); }

Problem Problem::MethodNotAllowed(const std::string& allow) {
  Problem problem = Of(405);
  problem.headers.emplace_back("Allow", allow);
  return problem;
}

Problem Problem::Later(int status, std::chrono::seconds retry_after) {
  Problem problem = Of(status);
  const auto wait = std::max<std::chrono::seconds::rep>(1, retry_after.count());
  problem.headers.emplace_back("Retry-After", std::to_string(wait));
  return problem;
}

Problem ToProblem(const directory::Refusal& refusal) {
  using Kind = directory::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::kNotFound:
      return Problem::Of(404);
    case Kind::kUsernameTaken:
    case Kind::kEmailTaken:
      return Problem::OfFields({{"username", "Username has already been taken."}});
    case Kind::kTooLong:
      return Problem::Of(400, "A value is too long.");
    case Kind::kBadText:
      return Problem::Of(400, "A value holds characters that are not allowed.");
    case Kind::kThrottled:
      return Problem::Later(429, refusal.retry_after);
    case Kind::kBusy:
    case Kind::kUnavailable:
      return Problem::Later(503, refusal.retry_after);
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
    case Kind::kByDialect:
      break;
  }
  return Problem::Of(403);
}

fcgi::Response ToResponse(const Problem& problem) {
  JsonWriter json;
  json.StartObject();
  if (problem.fields.empty()) {
    Field(json, "error", problem.error);
  } else {
    WriteFields(json, problem.fields);
  }
  json.EndObject();
  fcgi::Response response = JsonResponse(problem.status, json.Take());
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

fcgi::Response JsonResponse(int status, std::string body) {
  fcgi::Response response;
  response.status = status;
  response.SetHeader("Content-Type", "application/json; charset=utf-8");
  response.SetHeader("Cache-Control", "no-store");
  response.SetHeader("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}

}  // namespace rosterd::brightact
