#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/brightact/user_fields.h"
#include "handlers/brightact/zone.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// PUT /api/v1/user/{uid} — changes the fields that were sent, and answers the user, 15 members.
/// An admin key also reaches deleted users, and deletes and restores with `is_deleted`.
///
/// Errors: 403 for a user key that asks for another value of an administrator's field, 404, 400
/// about each field that is wrong, 413, 415, 503 without a database or a turn to hash.
/// Contract: section 6.2.
class UpdateUser {
 public:
  UpdateUser(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Answer Write(const Call& call, const UserFields& fields) const;

  Services services_;
  Zone zone_;
};

}  // namespace rosterd::brightact
