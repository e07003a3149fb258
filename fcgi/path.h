#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::fcgi {

/// A request path, cut at its slashes before anything was decoded, each segment decoded once.
struct Path {
  std::vector<std::string> segments;
  bool trailing_slash = false;
};

/// Splits "/api/2.0/users%2F3/" into "api", "2.0", "users/3" with trailing_slash. Takes the raw
/// path (REQUEST_URI without its query), never the server's normalised one. Nothing for an empty
/// segment
/// ("//"), a "." or ".." segment however it is written, a NUL, a malformed "%", or invalid UTF-8.
/// "/" has no segments. A missing leading slash is taken as there.
std::optional<Path> SplitPath(std::string_view raw);

}  // namespace rosterd::fcgi
