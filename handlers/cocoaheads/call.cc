#include "handlers/cocoaheads/call.h"

namespace rosterd::cocoaheads {

directory::Actor Call::ToActor() const {
  directory::Actor actor;
  actor.dialect = "cocoaheads";
  actor.user = caller.Id();
  if (caller.credential != 0) actor.credential = "token:" + std::to_string(caller.credential);
  actor.address = request.remote_address;
  actor.request_id = request.request_id;
  return actor;
}

}  // namespace rosterd::cocoaheads
