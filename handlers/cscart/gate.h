#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/cscart/address.h"
#include "handlers/cscart/auth.h"
#include "handlers/cscart/body.h"
#include "handlers/cscart/call.h"
#include "handlers/cscart/route_table.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// Takes every request through the checks of contract section 4, in that order, and hands what
/// passed to its handler.
class Gate {
 public:
  Gate(const Services& services, RouteTable routes);

  fcgi::Response operator()(const fcgi::Request& request);

  std::vector<fcgi::RouteLine> RouteLines() const { return routes_.Lines(); }

 private:
  using Refused = std::optional<Problem>;

  /// What is known about the request so far.
  struct Visit {
    const fcgi::Request& request;
    Address address;
    std::string method = {};  ///< after overrides; HEAD is GET
    Version version = Version::kTwo;
    std::string_view version_name = {};
    Mount mount = Mount::kPlain;
    std::string company = {};                ///< the text of {cid}
    std::vector<std::string> segments = {};  ///< behind the company
    std::optional<RouteTable::Match> match = {};
    std::string_view type = "application/json";  ///< of the answer
    Caller caller = {};
    std::optional<uint64_t> scope = {};
    Fields fields = {};
  };

  Visit Arrive(const fcgi::Request& request) const;
  Answer Pass(Visit& visit);
  Refused SignIn(Visit& visit);
  Refused ReadInput(Visit& visit) const;
  Refused ReadBody(Visit& visit) const;
  Refused FindPlace(Visit& visit) const;
  Refused EnterCompany(Visit& visit) const;
  Refused EnterParent(const Visit& visit) const;
  Refused CheckMethod(const Visit& visit) const;
  fcgi::Response Options(const Visit& visit) const;
  static bool IsBanner(const Visit& visit);
  bool IsOpen(const Visit& visit) const;
  std::string Allow(const Visit& visit) const;

  Services services_;
  RouteTable routes_;
  Authenticator authenticate_;
};

}  // namespace rosterd::cscart
