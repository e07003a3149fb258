#include "handlers/bedita/call.h"

#include <algorithm>

namespace rosterd::bedita {

bool Caller::HasRole(uint64_t role) const {
  return std::ranges::find(roles, role, &Role::id) != roles.end();
}

uint64_t Caller::LowestPriority() const {
  uint64_t lowest = kNoPriority;
  for (const Role& role : roles) lowest = std::min(lowest, role.priority);
  return lowest;
}

directory::Actor Call::ToActor() const {
  directory::Actor actor;
  actor.dialect = "bedita";
  actor.user = caller.id;
  if (caller.session != 0) {
    actor.credential = "session:" + std::to_string(caller.session);
  } else if (application.id != 0) {
    actor.credential = "application:" + std::to_string(application.id);
  }
  actor.address = request.remote_address;
  actor.request_id = request.request_id;
  return actor;
}

fcgi::Response EmptyResponse(int status) {
  fcgi::Response response;
  response.status = status;
  return response;
}

}  // namespace rosterd::bedita
