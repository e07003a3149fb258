#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// GET /v1/users/:id/slots and /v1/users/friendslots: empty lists, because slots are another
/// server's. 404 for an unknown id. Contract: 6.13.
class ListSlots {
 public:
  explicit ListSlots(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

Answer ListFriendSlots(const Call& call);

}  // namespace rosterd::timeslot
