#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/router.h"
#include "handlers/cscart/call.h"

namespace rosterd::cscart {

/// Which of the two spellings of a company stands in front of the path, if any.
enum class Mount { kPlain, kStores, kVendors };

/// The methods and path patterns behind the version, with what the log calls them.
class RouteTable {
 public:
  using Match = fcgi::Router<Handler>::Match;

  /// Adds one line; `pattern` is a string literal ("users/{id}").
  void Add(std::string_view method, std::string_view pattern, Handler handler);

  /// The line for this method and path; nothing when no pattern fits. The segments must outlive it.
  std::optional<Match> Find(std::string_view method,
                            const std::vector<std::string>& segments) const {
    return router_.Find(method, segments);
  }
  /// True when some pattern starts with this segment.
  bool KnowsEntity(std::string_view entity) const;
  /// "/users/{id}", "/stores/{cid}/users/{id}"; lives as long as the table.
  std::string_view Label(std::string_view pattern, Mount mount) const;

  /// Every method with the label of its pattern, for each mount that has it; lives as long as the
  /// table.
  std::vector<fcgi::RouteLine> Lines() const;

 private:
  struct Labels {
    std::string plain;
    std::string in_store;
    std::string at_vendor;
  };
  fcgi::Router<Handler> router_;
  std::map<std::string_view, Labels> labels_;
};

/// What the rights are about: "usergroups" for "users/{id}/usergroups/{gid}", else the first
/// segment.
std::string_view EntityOf(std::string_view pattern);

/// "GET, HEAD, PUT": the value of an Allow header.
std::string AllowValue(const std::vector<std::string_view>& methods);

/// True when every segment that stands for an id holds digits alone and is not 0 (which is the
/// built-in group "all", and an id only there).
bool HasValidIds(std::string_view pattern, const std::vector<std::string>& segments);

}  // namespace rosterd::cscart
