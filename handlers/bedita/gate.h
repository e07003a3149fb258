#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/value.h"
#include "handlers/bedita/accept.h"
#include "handlers/bedita/authenticator.h"
#include "handlers/bedita/route_table.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// Takes every request through the checks of contract section 2.1, in that order, and hands what
/// passed to its endpoint.
class Gate {
 public:
  Gate(const Services& services, RouteTable routes);

  fcgi::Response operator()(const fcgi::Request& request);
  /// An error of the layers below in this dialect's shape.
  fcgi::Response Failed(const fcgi::Request& request, int status) const;

  std::vector<fcgi::RouteLine> RouteLines() const { return routes_.Lines(); }

 private:
  using Refused = std::optional<Problem>;

  /// What is known about a request so far.
  struct Visit {
    Call call;
    std::vector<std::string> segments = {};
    bool known = false;  ///< there is such a path, and its text makes sense
    std::optional<RouteTable::Match> match = {};
    Accepted accepted = {};
    std::optional<fcgi::Value> json = {};  ///< the body, when its type is JSON and it is not empty
    bool readable_query = true;
  };

  Visit Arrive(const fcgi::Request& request) const;
  Call NewCall(const fcgi::Request& request) const;
  Answer Pass(Visit& visit);
  Refused ReadJson(Visit& visit) const;
  Refused Identify(Visit& visit);
  static Refused CheckAccept(const Visit& visit);
  static Refused ReadInput(Visit& visit);
  static Refused CheckMethod(const Visit& visit);
  fcgi::Response Finish(const Visit& visit, fcgi::Response response) const;

  Services services_;
  RouteTable routes_;
  Authenticator authenticate_;
};

}  // namespace rosterd::bedita
