#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// DELETE /v1/users: the caller is deleted softly, in all dialects. Contract: 6.9.
class DeleteUser {
 public:
  explicit DeleteUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
