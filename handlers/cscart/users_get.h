#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// GET /users/:id — one user that the caller may see; `extended=Y` and `full=Y` show more of it.
///
/// Errors: 404 when it is not there or not in the caller's sight, 503 without a database.
/// Contract: section 11.
class GetUser {
 public:
  explicit GetUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
