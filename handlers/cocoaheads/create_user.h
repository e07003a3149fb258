#pragma once

#include <utility>

#include "handlers/cocoaheads/call.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// POST /users: registers a person, who gets a token in the header `user-token`. Contract: section
/// 8.1.
///
/// Errors: 400 for a missing or bad field, 409 for another's e-mail address, 429 after too many
/// registrations from one address, those that got 409 among them.
class CreateUser {
 public:
  explicit CreateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cocoaheads
