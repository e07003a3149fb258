#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// POST /users — creates an account with its main profile.
///
/// Errors: 400 for missing, wrong or taken values and for types that the caller may not create, 503
/// when too many passwords are being hashed or the database does not answer.
/// Contract: section 12.
class CreateUser {
 public:
  explicit CreateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
