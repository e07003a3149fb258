#include "handlers/timeslot/get_user.h"

#include <optional>
#include <string>

#include "db/timeslot/profile_store.h"
#include "db/timeslot/relation_store.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::ProfileStore;
using db::timeslot::RelationStore;

/// A user object, or nothing for somebody who is not there.
using Found = std::optional<std::string>;

Answer ToAnswer(const db::StoreResult<Found>& found, const Problem& not_there) {
  if (!found) return ToProblem(directory::Refusal(found.error()));
  if (!*found) return not_there;
  return JsonAnswer(200, **found);
}

}  // namespace

Answer OwnUserAnswer(const Services& services, const Call& call) {
  const UserId id = call.caller.id;
  const auto read = [&](db::Session& session) -> db::StoreResult<Found> {
    const auto user = ProfileStore::Find(session, id);
    if (!user) return Found();
    Relations relations;
    if (user->befriended) relations.friendships = RelationStore::Friendships(session, id);
    relations.memberships = RelationStore::Memberships(session, id);
    return Found(OwnUser(*user, relations, call.BaseUrl()));
  };
  return ToAnswer(services.connection.Read(read), Problem::BadCredentials());
}

Answer GetUser::operator()(const Call& call) const {
  const auto number = ParseId(call.params.Get("id"));
  if (!number) return Problem::OneSpace(404);
  const UserId id{*number};
  if (id == call.caller.id) return OwnUserAnswer(services_, call);

  const bool as_seed = services_.settings.timeslot.other_user_fields == "seed";
  const auto read = [&](db::Session& session) -> db::StoreResult<Found> {
    const auto user =
        as_seed ? ProfileStore::Find(session, id) : ProfileStore::FindPublic(session, id);
    if (!user) return Found();
    const uint64_t friends = user->befriended ? RelationStore::CountFriends(session, id) : 0;
    return Found(OtherUser(*user, friends, call.BaseUrl(), as_seed));
  };
  return ToAnswer(services_.connection.Read(read), Problem::OneSpace(404));
}

}  // namespace rosterd::timeslot
