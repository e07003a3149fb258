#pragma once

#include <optional>
#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// GET /auth/user, and GET /auth as its old alias: the caller with its roles. Contract:
/// section 6.4.
class WhoAmI {
 public:
  explicit WhoAmI(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /auth/user: the caller's own profile. 400 `Missing current password`, `Wrong password`.
/// Contract: section 6.5.
class ChangeProfile {
 public:
  explicit ChangeProfile(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  std::optional<Problem> CheckOldPassword(const Call& call) const;

  Services services_;
};

}  // namespace rosterd::bedita
