#pragma once

#include <optional>
#include <string_view>

#include "fcgi/router.h"
#include "handlers/cocoaheads/address.h"
#include "handlers/cocoaheads/auth.h"
#include "handlers/cocoaheads/call.h"
#include "handlers/cocoaheads/facade.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// One line of the table of routes.
struct Route {
  Handler handler;
  bool open = false;  ///< asks for no user token
};

/// Takes every request through the checks of contract section 6, in that order, and hands what
/// passed to its handler.
class Gate {
 public:
  Gate(const Services& services, fcgi::Router<Route> routes, Facade facade);

  fcgi::Response operator()(const fcgi::Request& request) const;

  /// A refusal in the shape of the part of the API that was asked.
  fcgi::Response Refuse(const fcgi::Request& request, const Problem& problem) const;

  /// With those of the published app, when it is served.
  std::vector<fcgi::RouteLine> RouteLines() const;

 private:
  using Match = fcgi::Router<Route>::Match;

  fcgi::Response Serve(const fcgi::Request& request, const Match& match,
                       const Address& address) const;
  Answer Pass(Call& call, const Match& match, const Address& address) const;
  std::optional<Problem> CheckOwner(const Call& call, std::string_view segment) const;

  Services services_;
  fcgi::Router<Route> routes_;
  Facade facade_;
  Authenticator authenticate_;
};

}  // namespace rosterd::cocoaheads
