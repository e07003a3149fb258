#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// PUT /users/:id — changes what was sent and nothing else.
///
/// Errors: 400 for wrong or taken values, for a root admin changed by anybody else, and for changes
/// that would lock the caller out or lift its limits; 404 (or 400, as missing_user_status says) for
/// an account that is not there or not the caller's to see; 503 as for POST.
/// Contract: section 13.
class UpdateUser {
 public:
  explicit UpdateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
