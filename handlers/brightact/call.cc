#include "handlers/brightact/call.h"

#include <string>

#include "fcgi/ascii.h"
#include "fcgi/form.h"

namespace rosterd::brightact {

directory::Actor Call::ToActor() const {
  directory::Actor actor;
  actor.dialect = "brightact";
  actor.user = caller.id;
  actor.credential = "key:" + std::to_string(caller.key);
  actor.address = request.remote_address;
  actor.request_id = request.request_id;
  return actor;
}

std::optional<std::string> FirstParameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view value = fcgi::CutUntil(query, '&');
    const std::string_view key = fcgi::CutUntil(value, '=');
    if (fcgi::PercentDecode(key, /*plus_is_space=*/true) != name) continue;
    return fcgi::PercentDecode(value, /*plus_is_space=*/true);
  }
  return std::nullopt;
}

}  // namespace rosterd::brightact
