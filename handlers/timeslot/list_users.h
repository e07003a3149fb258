#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// GET /v1/users: everybody, the caller included, page by page. Contract: 6.8.
class ListUsers {
 public:
  explicit ListUsers(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
