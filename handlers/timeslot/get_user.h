#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// The caller's own user object as it is now; 404 when it is gone meanwhile.
Answer OwnUserAnswer(const Services& services, const Call& call);

/// GET /v1/users/:id: the caller itself or somebody else. Contract: 6.7.
class GetUser {
 public:
  explicit GetUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
