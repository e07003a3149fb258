#include "handlers/cscart/call.h"

namespace rosterd::cscart {

bool Fields::Empty() const { return All().empty(); }

const fcgi::Value::Object& Fields::All() const { return *object_.AsObject(); }

Result<std::optional<std::string>, Problem> Fields::Text(std::string_view name) const {
  const fcgi::Value* value = object_.Find(name);
  if (value == nullptr) return std::optional<std::string>();
  if (const std::string* text = value->AsText()) return std::optional<std::string>(*text);
  return Problem::Error(std::string(name) + " must be a single value");
}

directory::Actor Call::ToActor() const {
  directory::Actor actor;
  actor.dialect = "cscart";
  actor.user = caller.id;
  if (caller.credential != 0) {
    actor.credential = (caller.by_token ? "token:" : "key:") + std::to_string(caller.credential);
  }
  actor.address = request.remote_address;
  actor.request_id = request.request_id;
  return actor;
}

std::optional<uint64_t> Call::Id(std::string_view name) const {
  const auto id = ParseId(params.Get(name));
  if (!id || *id == 0) return std::nullopt;
  return id;
}

fcgi::Response JsonResponse(int status, std::string body) {
  fcgi::Response response = EmptyResponse(status);
  response.SetHeader("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

fcgi::Response EmptyResponse(int status) {
  fcgi::Response response;
  response.status = status;
  response.SetHeader("Cache-Control", "no-store");
  response.SetHeader("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace rosterd::cscart
