#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::fcgi {

/// One request as the web server handed it over; everything is a copy and stays valid. Nothing in
/// it has been checked beyond what the FastCGI layer itself promises: the body is whole
/// (CONTENT_LENGTH bytes), and neither Authorization nor Content-Length came twice.
class Request {
 public:
  std::string method;    ///< upper case as sent
  std::string raw_path;  ///< of REQUEST_URI, before '?', not decoded
  std::string query;     ///< of REQUEST_URI, after '?', not decoded
  std::string body;
  std::string content_type;    ///< as sent; empty when absent
  std::string remote_address;  ///< REMOTE_ADDR
  std::string dialect;         ///< ROSTERD_DIALECT: who is asked
  std::string prefix;  ///< ROSTERD_PREFIX: what the mount put in front of the path, may be empty
  std::string request_id;  ///< REQUEST_ID of nginx, or one made here
  bool https = false;

  /// The value of a request header, its name in any case ("User-Token"); the first one when
  /// repeated. The text stays valid until a parameter is added or the request is gone.
  std::optional<std::string_view> Header(std::string_view name) const;

  /// The value of a FastCGI parameter by its exact name ("SERVER_NAME"); the first one when
  /// repeated.
  std::optional<std::string_view> Param(std::string_view name) const;

  /// Adds a FastCGI parameter; used by the FastCGI layer and by tests.
  void AddParam(std::string_view name, std::string_view value);

  /// Makes room for that many parameters of that many bytes together.
  void ReserveParams(size_t count, size_t bytes);

 private:
  // One text for all of them: a request has thirty, and two allocations for each would show.
  struct Place {
    uint32_t at;
    uint32_t name_size;
    uint32_t value_size;
  };
  std::string_view NameAt(const Place& place) const;
  std::string_view ValueAt(const Place& place) const;

  std::string text_;
  std::vector<Place> places_;
};

}  // namespace rosterd::fcgi
