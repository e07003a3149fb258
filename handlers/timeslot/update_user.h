#pragma once

#include <optional>
#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"
#include "handlers/timeslot/user_wish.h"

namespace rosterd::timeslot {

/// PATCH /v1/users: image and attributes of the caller, all or nothing. Contract: 6.5, 6.6.
class UpdateUser {
 public:
  explicit UpdateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  std::optional<Problem> CheckOldPassword(const Call& call, const UserWish& wish) const;
  std::optional<Problem> Validate(const Call& call, const UserWish& wish) const;
  std::optional<Problem> Store(const Call& call, const UserWish& wish) const;

  Services services_;
};

}  // namespace rosterd::timeslot
