#pragma once

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// POST /v1/users: a new user, signed in at once. Contract: 6.1.
class SignUp {
 public:
  explicit SignUp(const Services& services) : services_(services) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
