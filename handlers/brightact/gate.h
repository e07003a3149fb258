#pragma once

#include <string>
#include <string_view>

#include "fcgi/router.h"
#include "handlers/brightact/auth.h"
#include "handlers/brightact/call.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// Who may make a call. Contract: section 2.
enum class Right {
  kAdmin,           ///< an admin key
  kAdminNotOnSelf,  ///< an admin key, on anyone but its owner
  kOwnOrAdmin,      ///< any key on its owner, an admin key on anyone
};

/// One line of the table of calls.
struct Route {
  Right right = Right::kAdmin;
  Handler handler;
};
using Routes = fcgi::Router<Route>;

/// Takes every request through path, method, suffix, key and rights, in that order (contract
/// section 7), and hands what passed to its handler.
class Gate {
 public:
  Gate(const Services& services, Routes routes);

  fcgi::Response operator()(const fcgi::Request& request);

  std::vector<fcgi::RouteLine> RouteLines() const { return routes_.Lines(); }

 private:
  /// What the log and the metrics are told.
  struct Trace {
    std::string_view route = "-";
    UserId person;
  };
  Answer Pass(const fcgi::Request& request, Trace& trace);

  Routes routes_;
  Authenticator authenticate_;
};

}  // namespace rosterd::brightact
