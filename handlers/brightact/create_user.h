#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// POST /api/v1/user — creates a user and answers its id.
///
/// Errors: 400 about each field that is wrong, 413, 415, 503 without a database or a turn to hash.
/// Contract: section 6.1.
class CreateUser {
 public:
  explicit CreateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::brightact
