#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// DELETE /api/v1/user/{uid} — deletes a user softly; a deleted one again.
///
/// Errors: 404 for one that is not there, 503 without a database. Contract: section 6.3.
class DeleteUser {
 public:
  explicit DeleteUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// {"message":"Success"}: the answer to every DELETE.
fcgi::Response Success();

}  // namespace rosterd::brightact
