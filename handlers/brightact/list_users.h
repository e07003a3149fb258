#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/brightact/zone.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// GET /api/v1/users?org_id= — all live users of one organisation, 15 members each, by id; of none
/// with 0.
///
/// Errors: 400 about org_id, 404 for an organisation that is not there, 503 without a database.
/// Contract: section 6.5.
class ListUsers {
 public:
  ListUsers(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  Zone zone_;
};

}  // namespace rosterd::brightact
