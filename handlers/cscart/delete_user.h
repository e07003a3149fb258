#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// DELETE /users/:id — the person is gone from all dialects. When it was the root account of a
/// store or vendor, the remaining administrator of the lowest id takes its place.
///
/// Errors: 400 for accounts that the caller may not delete, 404 (or 400, as missing_user_status
/// says) for those that are not there or not the caller's to see. Contract: section 14.
class DeleteUser {
 public:
  explicit DeleteUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
