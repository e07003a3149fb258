#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// POST /auth/change: mails a link to whoever forgot a password. 204, also for unknown addresses
/// unless `change_hides_unknown` is off (404); 400 `Invalid data`, 429. Contract: section 6.6.
class RequestChange {
 public:
  explicit RequestChange(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /auth/change: the new password, by the uuid of such a link. 200 with the user and, when
/// `login` asks for them, tokens. 400 `Invalid data` or the password policy's message, 404.
/// Contract: section 6.6.
class ChangePassword {
 public:
  explicit ChangePassword(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
