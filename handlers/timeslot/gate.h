#pragma once

#include "handlers/dialect.h"
#include "handlers/timeslot/auth.h"
#include "handlers/timeslot/route_table.h"

namespace rosterd::timeslot {

/// Takes every request through body, route and token, in this order, hands what passed to its
/// handler, and frames the answer. Contract: 2.3, 8.6.
class Gate {
 public:
  Gate(const Services& services, RouteTable routes)
      : services_(services), routes_(std::move(routes)), authenticate_(services) {}

  fcgi::Response operator()(const fcgi::Request& request);

  std::vector<fcgi::RouteLine> RouteLines() const { return routes_.Lines(); }

 private:
  /// What the log is to know of the request.
  struct Trace {
    std::string_view route = "-";
    UserId person;
  };
  Answer Pass(const fcgi::Request& request, Trace& trace);

  Services services_;
  RouteTable routes_;
  Authenticator authenticate_;
};

}  // namespace rosterd::timeslot
