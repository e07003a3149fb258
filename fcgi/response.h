#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rosterd::fcgi {

/// What goes back to the client. The FastCGI layer adds Status with its reason phrase,
/// Content-Length (unless the body is streamed, absent for 204 and 304) and X-Request-Id (where the
/// answer brings none), and leaves the body out for HEAD.
struct Response {
  /// Gives the next piece of a streamed body, or nothing at its end. It may throw: the connection
  /// is then ended without a proper end, so that the client sees a broken answer and not a short
  /// one.
  using Stream = std::function<std::optional<std::string>()>;

  int status = 200;
  std::string_view reason;  ///< a literal; empty = the registry's phrase for the status
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Stream stream;  ///< when set, is sent after `body`

  /// For the log and the metrics, not for the client: the pattern that matched ("/users/{id}";
  /// never the path itself, which may hold secrets), and the person who asked, 0 when nobody is
  /// known.
  std::string_view route = "-";
  uint64_t person = 0;

  void SetHeader(std::string name, std::string value);
};

/// The reason phrase of a status code ("Not Found"), "Unknown" for one that has none.
std::string_view ReasonPhrase(int status);

}  // namespace rosterd::fcgi
