#include "handlers/cscart/problem.h"

#include <algorithm>
#include <string_view>

#include "handlers/cscart/call.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

// The contract words this one in its own way: newer registries say it differently.
std::string_view Phrase(int status) {
  return status == 413 ? "Request Entity Too Large" : fcgi::ReasonPhrase(status);
}

std::string Headline(const Problem& problem) {
  std::string text(Phrase(problem.status));
  std::string_view separator = ": ";
  for (const auto* details : {&problem.errors, &problem.messages}) {
    for (const std::string& detail : *details) {
      text.append(separator).append(detail);
      separator = ". ";
    }
  }
  return text;
}

void WriteDetails(JsonWriter& json, std::string_view key, const std::vector<std::string>& details) {
  if (details.empty()) return;
  json.Key(key);
  json.StartArray();
  for (const std::string& detail : details) json.Text(detail);
  json.EndArray();
}

}  // namespace

Problem Problem::MethodNotAllowed(const std::string& allow) {
  return {405, {}, {}, {{"Allow", allow}}};
}

Problem Problem::Later(int status, std::chrono::seconds retry_after) {
  const auto wait = std::max<std::chrono::seconds::rep>(1, retry_after.count());
  return {status, {}, {}, {{"Retry-After", std::to_string(wait)}}};
}

Problem Problem::Unauthorized() {
  return {401, {}, {}, {{"WWW-Authenticate", R"(Basic realm="User email/API key")"}}};
}

Problem ToProblem(const directory::Refusal& refusal) {
  using Kind = directory::Refusal::Kind;
  switch (refusal.kind) {
    case Kind::kNotFound:
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
      return Problem::Plain(404);
    case Kind::kUsernameTaken:
    case Kind::kEmailTaken:
      return Problem::Error("user already exists");
    case Kind::kTooLong:
      return Problem::Error("a value is too long");
    case Kind::kBadText:
      return Problem::Error("a value holds characters that are not allowed");
    case Kind::kThrottled:
      return Problem::Later(429, refusal.retry_after);
    case Kind::kBusy:
    case Kind::kUnavailable:
      return Problem::Later(503, refusal.retry_after);
    case Kind::kByDialect:
      break;
  }
  return Problem::Plain(400);
}

fcgi::Response ToResponse(const Problem& problem) {
  JsonWriter json;
  json.StartObject();
  Field(json, "message", Headline(problem));
  WriteDetails(json, "errors", problem.errors);
  WriteDetails(json, "messages", problem.messages);
  NumberField(json, "status", static_cast<uint64_t>(problem.status));
  json.EndObject();
  fcgi::Response response = JsonResponse(problem.status, json.Take());
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

}  // namespace rosterd::cscart
