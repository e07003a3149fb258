#include "handlers/timeslot/sign_out.h"

#include "handlers/timeslot/answer.h"

namespace rosterd::timeslot {

Answer SignOut::operator()(const Call& call) const {
  const auto ended = services_.credentials.Revoke(call.ToActor(), call.caller.credential);
  // Somebody else ended it meanwhile, which is as good.
  if (!ended && ended.error() != directory::Refusal::Kind::kNotFound) {
    return ToProblem(ended.error());
  }
  return OneSpaceAnswer();
}

}  // namespace rosterd::timeslot
