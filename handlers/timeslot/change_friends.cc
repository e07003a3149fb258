#include "handlers/timeslot/change_friends.h"

#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/friend_ids.h"
#include "handlers/timeslot/friendships.h"

namespace rosterd::timeslot {
namespace {

// Nobody is a friend of its own: the caller among the ids is passed over.
Result<FriendIds, Problem> ReadOthers(const Call& call) {
  auto read = ReadFriendIds(call.body.Find("ids"));
  if (!read) {
    const bool blank = read.error() == FriendIdsProblem::kBlank;
    return blank ? Problem::Missing("ids") : Problem::Invalid("ids");
  }
  std::erase(read->ids, call.caller.id);
  return *read;
}

}  // namespace

Answer AddFriends::operator()(const Call& call) const {
  const auto others = ReadOthers(call);
  if (!others) return others.error();
  if (others->has_others) return Problem::OneSpace(404);
  const auto added = services_.connection.Transaction([&](db::Session& session) {
    return Befriend(session, call.ToActor(), call.caller.id, others->ids);
  });
  if (!added) return ToProblem(added.error());
  return OneSpaceAnswer();
}

Answer RemoveFriends::operator()(const Call& call) const {
  const auto others = ReadOthers(call);
  if (!others) return others.error();
  const auto removed = services_.connection.Transaction([&](db::Session& session) {
    return Unfriend(session, call.ToActor(), call.caller.id, others->ids);
  });
  if (!removed) return ToProblem(removed.error());
  return OneSpaceAnswer();
}

}  // namespace rosterd::timeslot
