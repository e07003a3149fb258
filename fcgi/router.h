#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rosterd::fcgi {

/// The values of a pattern's "{names}", in the order of the pattern, decoded.
class PathParams {
 public:
  void Add(std::string_view name, std::string_view value) { values_.emplace_back(name, value); }
  /// The value of "{name}"; empty when the pattern has none of this name.
  std::string_view Get(std::string_view name) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> values_;
};

/// A method and the pattern of the paths that know it.
struct RouteLine {
  std::string_view method;
  std::string_view pattern;
};

/// A table of methods and path patterns ("users/{id}/usergroups/{gid}") with a handler for each.
/// `Handler` is whatever the dialect calls its handlers by; the router only finds it. Literal
/// segments win over "{names}", those further left first, whichever methods they have; patterns
/// that differ only in their names count as one. Patterns are string literals and outlive the
/// router; a slash in front of them may be left out, and none has more than 64 segments.
template <typename Handler>
class Router {
 public:
  struct Match {
    const Handler* handler = nullptr;  ///< null when the path is known but not with this method
    std::string_view pattern;          ///< for log and metrics
    PathParams params;
    std::vector<std::string_view> allowed;  ///< methods that the path knows, in the order of adding
  };

  /// Adds one line of the table. A later line never replaces an earlier one.
  void Add(std::string_view method, std::string_view pattern, Handler handler);

  /// The line for this method and path; nothing when no pattern fits the path. The segments must
  /// outlive the match.
  std::optional<Match> Find(std::string_view method,
                            const std::vector<std::string>& segments) const;

  /// Every line of the table, path by path.
  std::vector<RouteLine> Lines() const;

 private:
  struct Line {
    std::string_view method;
    Handler handler;
  };
  struct Place {
    std::string_view pattern;
    std::vector<std::string_view> segments;
    std::vector<Line> lines;
  };
  /// Adds what `place` knows of the path to `match`: its methods, and the handler of `method`.
  static void Look(const Place& place, std::string_view method,
                   const std::vector<std::string>& segments, Match& match);

  std::vector<Place> places_;
};

}  // namespace rosterd::fcgi

#include "fcgi/router_impl.h"
