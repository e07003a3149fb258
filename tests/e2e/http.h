#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rosterd::testing {

/// One request as libcurl sends it.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< with the scheme; its path is sent as it is, dots and doubled slashes too
  std::vector<std::string> headers;  ///< "Name: value"; "Name:" removes one of libcurl's own
  std::optional<std::string> body;   ///< without one no Content-Length is sent
  std::string login;                 ///< "user:password" for Basic; "" = none
  std::string ca_file;               ///< for https
  std::string source;                ///< local address to send from, e.g. 127.0.0.2; "" = any
  std::chrono::milliseconds timeout{30000};
};

struct HttpResponse {
  int status = 0;                                            ///< 0 = there was no answer
  std::vector<std::pair<std::string, std::string>> headers;  ///< in order, case kept
  std::string body;
  std::string error;  ///< libcurl's text when there was no answer

  /// Value of the first header of that name, without regard to case; "" when there is none.
  std::string Header(std::string_view name) const;
  /// How many headers of that name there are.
  int Count(std::string_view name) const;
};

/// Sends it on a connection that later calls may use again. Sends no Content-Type, Accept or Expect
/// but those given.
HttpResponse Send(const HttpRequest& request);

/// Sends all, so many at the same time; answers in the order of the requests.
std::vector<HttpResponse> SendAll(const std::vector<HttpRequest>& requests, int concurrency);

/// A TCP connection to 127.0.0.1 for what libcurl would not send. Closed with the object.
class RawConnection {
 public:
  /// Throws std::runtime_error when nobody listens.
  explicit RawConnection(int port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  /// False when the other side has closed.
  bool Send(std::string_view bytes) const;
  /// Tells the other side that no more will come.
  void Finish() const;
  /// What comes until the other side closes or the time is over.
  std::string ReadAll(std::chrono::milliseconds timeout = std::chrono::seconds(30)) const;
  /// At most so many bytes; "" when the other side closed or the time is over.
  std::string Read(std::size_t most, std::chrono::milliseconds timeout) const;

 private:
  int descriptor_ = -1;
};

/// An HTTP answer as RawConnection reads it, taken apart; the status is 0 when it is none.
HttpResponse ParseResponse(const std::string& bytes);

/// Sends the bytes as they are and reads to the end; they should ask for "Connection: close".
HttpResponse SendRaw(int port, std::string_view bytes);

/// Base64 as Basic authentication needs it.
std::string Base64(std::string_view text);

/// Percent-encoding of everything but letters, digits and "-._~".
std::string UrlEncode(std::string_view text);

}  // namespace rosterd::testing
