#include "handlers/timeslot/slots.h"

#include "db/timeslot/profile_store.h"
#include "handlers/timeslot/answer.h"

namespace rosterd::timeslot {

Answer ListSlots::operator()(const Call& call) const {
  const auto id = ParseId(call.params.Get("id"));
  if (!id) return Problem::OneSpace(404);
  const auto exists = services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
    return db::timeslot::ProfileStore::Find(session, {*id}).has_value();
  });
  if (!exists) return ToProblem(directory::Refusal(exists.error()));
  if (!*exists) return Problem::OneSpace(404);
  return JsonAnswer(200, "[]");
}

Answer ListFriendSlots(const Call& /*call*/) { return JsonAnswer(200, "[]"); }

}  // namespace rosterd::timeslot
