#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/brightact/zone.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// GET /api/v1/user/{uid} — one user, 16 members; a deleted one too.
///
/// Errors: 404 for one that is not there, 503 without a database. Contract: section 6.6.
class GetUser {
 public:
  GetUser(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  Zone zone_;
};

}  // namespace rosterd::brightact
