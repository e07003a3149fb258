#pragma once

#include <string>
#include <vector>

#include "fcgi/router.h"
#include "handlers/cocoaheads/auth.h"
#include "handlers/cocoaheads/call.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// The calls of the published iOS app below /method/: forms that bring their token along, and
/// answers that the app tells apart by their JSON alone. Contract: section 11.
class Facade {
 public:
  explicit Facade(const Services& services);

  bool IsOn() const { return services_.settings.cocoaheads.app_facade; }

  /// Answers a request for the path of these segments, "method" first.
  fcgi::Response operator()(const fcgi::Request& request,
                            const std::vector<std::string>& segments) const;

  std::vector<fcgi::RouteLine> RouteLines() const { return routes_.Lines(); }

  /// {"code":401,"answer":"…","error":"accessForbidden"}
  static fcgi::Response ToResponse(const Problem& problem);

 private:
  using Method = Answer (Facade::*)(const Call&) const;
  using Match = fcgi::Router<Method>::Match;
  static constexpr Method kSignIn = nullptr;  ///< answered without asking who

  Answer Pass(Call& call, const Match& match) const;
  Answer ShowProfile(const Call& call) const;
  Answer EditProfile(const Call& call) const;
  Answer RegisterPush(const Call& call) const;
  Answer UpdatePhoto(const Call& call) const;

  Services services_;
  Authenticator authenticate_;
  fcgi::Router<Method> routes_;
};

}  // namespace rosterd::cocoaheads
