#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/descriptor.h"

namespace rosterd::fcgi::testing {

/// What a web server sends over FastCGI.
struct RawRequest {
  std::vector<std::pair<std::string, std::string>> params;
  std::string body;
  bool keep = true;
};

/// GET of path and query.
RawRequest Get(const std::string& uri);
/// POST with a body and its length.
RawRequest Post(const std::string& uri, std::string body);

/// The records of a request, from BEGIN_REQUEST to the empty STDIN.
std::string Records(const RawRequest& request);
/// BEGIN_REQUEST and all parameters, without any body record.
std::string RecordsWithoutBody(const RawRequest& request);
/// One STDIN record.
std::string BodyRecord(std::string_view body);

struct RawAnswer {
  bool complete = false;  ///< END_REQUEST came
  bool closed = false;    ///< the peer has closed, possibly without a word
  std::string text;       ///< what came as STDOUT
  std::string status_line;
  std::string headers;  ///< with "\r\n" around each
  std::string body;
};

/// One FastCGI connection, as nginx would hold it.
class RawClient {
 public:
  explicit RawClient(const std::string& socket);
  /// Of a pair, whose other end is served.
  explicit RawClient(Descriptor socket);

  bool IsConnected() const { return connected_; }
  /// True when all was taken.
  bool Send(const RawRequest& request);
  bool SendBytes(std::string_view bytes);
  /// Whether something of an answer is there.
  bool HasAnswer() const;
  /// The next answer; what came until then when the peer closes or is silent for ten seconds.
  RawAnswer Receive();
  void Close() { socket_ = Descriptor(); }

 private:
  Descriptor socket_;
  bool connected_ = false;
  std::string pending_;
};

}  // namespace rosterd::fcgi::testing
