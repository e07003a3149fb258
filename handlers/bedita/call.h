#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "db/ids.h"
#include "db/result.h"
#include "directory/actor.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/router.h"
#include "handlers/bedita/body.h"
#include "handlers/bedita/problem.h"
#include "handlers/bedita/query.h"

namespace rosterd::bedita {

/// The role that may do everything, and its first member, which nobody may delete.
inline constexpr uint64_t kAdminRole = 1;
inline constexpr UserId kAdminUser{1};

/// A role of the caller's.
struct Role {
  uint64_t id = 0;
  std::string name;
  uint64_t priority = 100;  ///< the lower, the more powerful
};

/// The program that asks. Contract: section 5.
struct Application {
  uint64_t id = 0;  ///< 0 = none is known
  std::string name;
};

/// Who asks: a user with roles, or nobody. Contract: sections 6.3 and 7.
class Caller {
 public:
  static constexpr uint64_t kNoPriority = std::numeric_limits<uint64_t>::max();

  UserId id;  ///< 0 = anonymous
  std::string username;
  std::vector<Role> roles;  ///< by id
  uint64_t session = 0;     ///< credential that its tokens hang on; 0 = none

  bool IsAnonymous() const { return id.value == 0; }
  bool HasRole(uint64_t role) const;
  bool IsAdmin() const { return HasRole(kAdminRole); }
  /// The lowest priority number of its roles; kNoPriority without roles.
  uint64_t LowestPriority() const;
};

/// One request that has passed the gate (contract section 2.1), as endpoints see it.
struct Call {
  const fcgi::Request& request;
  const config::Settings& settings;
  std::string method;       ///< HEAD is "GET"
  fcgi::PathParams params;  ///< "{id}", decoded
  Query query = {};
  std::string base = {};  ///< "https://dir.example.org/prefix": what all links begin with
  std::string path = {};  ///< as requested, behind `base`: "/users/19283"
  std::string_view type = "application/vnd.api+json";  ///< of the answer
  Application application = {};
  Caller caller = {};
  Body body = {};

  const config::Bedita& Settings() const { return settings.bedita; }
  /// `links.self`: the requested URL with its query.
  std::string Self() const { return base + path + query.Encoded(); }
  directory::Actor ToActor() const;
};

using Answer = Result<fcgi::Response, Problem>;
/// An endpoint. One that never refuses may give back fcgi::Response.
using Endpoint = std::function<Answer(const Call&)>;

/// A response without a body: 204.
fcgi::Response EmptyResponse(int status = 204);

}  // namespace rosterd::bedita
