#pragma once

#include <fcgiapp.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/descriptor.h"
#include "fcgi/request.h"

namespace rosterd::fcgi {

struct RequestLimits {
  size_t max_body;    ///< bytes
  size_t max_params;  ///< bytes of names and values together
};

/// A request as it came in, and the status with which it must be refused (0 = none).
struct Incoming {
  Request request;
  int refusal = 0;
};

/// Makes libfcgi ready, once per process tree. It catches SIGTERM, SIGPIPE and SIGUSR1: set up
/// signals after it.
void InitializeFastCgi();

/// One connection of the web server, over which it sends one request after the other. The only
/// place that speaks to libfcgi.
class Connection {
 public:
  explicit Connection(Descriptor connection);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  int Number() const { return fastcgi_.ipcFd; }
  bool IsOpen() const { return fastcgi_.ipcFd >= 0; }

  /// Reads one request to its end; call it when the descriptor is readable, for it blocks (as long
  /// as the socket's timeouts let it). Nothing when the peer has gone, does not speak FastCGI, or
  /// did not send the whole body: the connection is closed then.
  std::optional<Incoming> Receive(const RequestLimits& limits);

  /// Sends a part of the answer; false when the peer is gone.
  bool Send(std::string_view bytes);
  /// Sends an answer of which nothing has been sent, up to its end; false when the peer is gone.
  /// A usual answer is one call to the system. Finish is to follow.
  bool SendWhole(std::string_view bytes);
  /// Takes an answer of which nothing has been sent, up to its end, and keeps it until SendHeld;
  /// the next request can only come after that. False, and nothing is taken, when the answer is
  /// long or the peer does not keep the connection.
  bool Hold(std::string_view bytes);
  /// False when the peer is gone: the connection is closed then.
  bool SendHeld();
  /// Ends the answer. The connection stays open if the peer wants to keep it.
  void Finish();
  /// Closes the connection at once: an answer that was begun is seen as broken.
  void Abort();

 private:
  std::optional<Incoming> ReadRequest(const RequestLimits& limits) const;

  FCGX_Request fastcgi_{};
  std::string held_;    ///< the records of an answer that is to be sent
  bool whole_ = false;  ///< the answer was sent up to its end
};

}  // namespace rosterd::fcgi
