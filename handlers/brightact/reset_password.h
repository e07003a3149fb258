#pragma once

#include <utility>

#include "directory/throttle.h"
#include "handlers/brightact/call.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// GET and POST /api/v1/resetUserPassword/{uid} — gives a live user a new random password, which is
/// answered in clear text after the commit.
///
/// Errors: 403 for a prefetch, 404, 429 for too many resets with one key, 503 without a database or
/// a turn to hash. Contract: section 6.4.
class ResetPassword {
 public:
  explicit ResetPassword(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  /// Refuses what need not wait for a hash.
  directory::Outcome<std::monostate> Look(const Call& call,
                                          const directory::Throttle::Limit& limit) const;

  Services services_;
};

}  // namespace rosterd::brightact
