#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/epoch.h"
#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// The token of an Authorization header; nothing when it holds none. Contract: section 3, 15.4.
std::optional<std::string> ParseToken(std::string_view header);

/// Tells who asks. One statement, none at all for what was found within the last second.
class Authenticator {
 public:
  explicit Authenticator(const Services& services) : services_(services), cache_(services.epoch) {}

  /// 401 for everything that is no live token of somebody who may sign in, 503 without a database.
  Result<Caller, Problem> operator()(const fcgi::Request& request);

 private:
  Services services_;
  directory::CredentialCache<Caller> cache_;
};

}  // namespace rosterd::timeslot
