#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// POST /v1/users/add_friends — asks for friendship, or accepts what others asked for.
///
/// Errors: 422 for `ids` that are missing or no array, 404 when one of them is nobody.
/// Contract: 6.11.
class AddFriends {
 public:
  explicit AddFriends(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /v1/users/remove_friends — ends friendships and open requests.
///
/// Errors: 422 for `ids` that are missing or no array. Contract: 6.12.
class RemoveFriends {
 public:
  explicit RemoveFriends(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
