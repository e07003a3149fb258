#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "db/ids.h"
#include "db/result.h"
#include "directory/actor.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "handlers/brightact/problem.h"

namespace rosterd::brightact {

/// Whose API key it is, and what it may do. Contract: section 2.
struct Caller {
  UserId id;
  uint64_t key = 0;  ///< id of the credential, for the audit and the throttle
  bool admin = false;
};

/// One request that has passed the gate: its path, method, suffix, key and rights are settled.
struct Call {
  const fcgi::Request& request;
  Caller caller;
  uint64_t id =
      0;  ///< of the path, "my" resolved; 0 = one that is never found, or none in the path

  UserId User() const { return UserId{id}; }
  directory::Actor ToActor() const;
};

using Answer = Result<fcgi::Response, Problem>;
using Handler = std::function<Answer(const Call&)>;

/// The value of the first parameter of this name in a query; nothing when there is none. Contract:
/// section 2.
std::optional<std::string> FirstParameter(std::string_view query, std::string_view name);

}  // namespace rosterd::brightact
