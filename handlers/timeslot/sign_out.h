#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// GET /v1/users/signout: ends the token that was presented. Contract: 6.3.
class SignOut {
 public:
  explicit SignOut(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
