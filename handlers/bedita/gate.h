#pragma once

#include "fcgi/request.h"
#include "fcgi/response.h"
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

 private:
  Services services_;
  RouteTable routes_;
};

}  // namespace rosterd::bedita
