#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/router.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/body.h"
#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// One line of the table of contents.
struct Route {
  Access access = Access::kOpen;
  BodyRule body = {};
  Endpoint endpoint = {};
};

/// Methods and path patterns, without a slash in front ("users/{id}").
class RouteTable {
 public:
  using Match = fcgi::Router<Route>::Match;

  /// Adds one line; `pattern` is a string literal. HEAD goes where GET does.
  void Add(std::string_view method, std::string_view pattern, Access access, BodyRule body,
           Endpoint endpoint);

  /// The line for this method and path; nothing when no pattern fits. The segments must outlive it.
  std::optional<Match> Find(std::string_view method,
                            const std::vector<std::string>& segments) const {
    return router_.Find(method, segments);
  }
  /// Who may use a path with a method that it does not have: writers, where it has any.
  Access AccessOf(std::string_view pattern) const { return places_.at(pattern).access; }
  /// "/users/{id}", for the log; lives as long as the table.
  std::string_view Label(std::string_view pattern) const { return places_.at(pattern).label; }

  /// Every method with the label of its pattern; lives as long as the table.
  std::vector<fcgi::RouteLine> Lines() const;

 private:
  struct Place {
    std::string label;
    Access access = Access::kOpen;
  };
  fcgi::Router<Route> router_;
  std::map<std::string_view, Place> places_;
};

/// "GET, HEAD, PATCH": the value of an Allow header.
std::string AllowValue(const std::vector<std::string_view>& methods);

}  // namespace rosterd::bedita
