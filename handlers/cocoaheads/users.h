#pragma once

#include <utility>

#include "handlers/cocoaheads/call.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// GET and HEAD /users/{id}: one's own profile. Contract: section 8.2.
class GetUser {
 public:
  explicit GetUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /users/{id}: changes one's own profile. Contract: section 8.3.
///
/// Errors: 400 for a field that breaks its rule, 409 for another's e-mail address; nothing is
/// changed then.
class UpdateUser {
 public:
  explicit UpdateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cocoaheads
