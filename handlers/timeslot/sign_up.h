#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// POST /v1/users: a new user, signed in at once. Contract: 6.1.
class SignUp {
 public:
  explicit SignUp(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
