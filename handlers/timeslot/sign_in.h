#pragma once

#include <string>
#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// POST /v1/users/signin: a new token for an e-mail address or telephone number and a password.
/// Contract: 6.2.
class SignInUser {
 public:
  explicit SignInUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
