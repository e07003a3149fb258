#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/router.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// Whether a route is for signed-in users alone.
enum class Token { kRequired, kNotRead };

/// One line's handler and what it asks for.
struct Route {
  Token token = Token::kRequired;
  Handler handler;
};

/// Every path and method of the dialect. Contract: section 1.
class RouteTable {
 public:
  using Match = fcgi::Router<Route>::Match;

  /// `pattern` is a literal with its slash in front: "/v1/users/{id}". "{id}" stands for digits.
  void Add(std::string_view method, std::string_view pattern, Token token, Handler handler) {
    router_.Add(method, pattern, {token, std::move(handler)});
  }

  /// The line for this method (HEAD is GET) and segments; nothing when there is none.
  std::optional<Match> Find(std::string_view method,
                            const std::vector<std::string>& segments) const;

  std::vector<fcgi::RouteLine> Lines() const { return router_.Lines(); }

 private:
  fcgi::Router<Route> router_;
};

/// The segments of a request's path behind its mount, without ".json" at the end; nothing for a
/// path that cannot be one of ours.
std::optional<std::vector<std::string>> SegmentsOf(const fcgi::Request& request);

}  // namespace rosterd::timeslot
