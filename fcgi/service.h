#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/application.h"
#include "fcgi/connection.h"
#include "fcgi/metrics.h"
#include "fcgi/scoreboard.h"

namespace rosterd::fcgi {

/// An answer whose stream is not at its end yet.
struct OpenAnswer {
  Request request{};
  Response response{};
  std::chrono::steady_clock::time_point started{};
  std::chrono::microseconds database{0};
  std::string piece{};  ///< of the stream
  size_t sent = 0;      ///< of the piece
};

/// What became of a readable connection, which may be closed now.
struct Served {
  std::optional<std::chrono::microseconds> took{};  ///< nothing when there was no request
  std::unique_ptr<OpenAnswer> rest{};               ///< when the answer goes on
};

/// Serves requests: reads one from a connection, has the application answer it, sends the answer,
/// counts and logs it. Tells the master through the worker's slot how long it has been at it.
class Service {
 public:
  Service(Application& application, Metrics& metrics, RequestLimits limits, WorkerSlot& slot)
      : application_(application), metrics_(metrics), limits_(limits), slot_(slot) {}

  /// Serves one request on a readable connection. Where the answer is a stream, only its beginning
  /// is sent; without `may_stream` it is refused with 503. When others wait behind it, a quick
  /// answer may be kept until SendHeld, some milliseconds at most: what answers one by one wakes
  /// nginx up for each, in the middle of its own work. The connection must stay where it is.
  Served Serve(Connection& connection, bool may_stream, bool others_wait);
  /// Sends what was kept. A connection whose peer has gone is closed.
  void SendHeld();

  /// Sends a little more of an answer on a writable connection, so little that it does not block.
  /// False when it is over, or when the peer has gone.
  bool Continue(Connection& connection, OpenAnswer& answer);

 private:
  enum class Progress { kMore, kWhole, kBroken };

  Response Answer(const Incoming& incoming, bool may_stream);
  Response Fail(const Request& request, int status);
  static Progress SendMore(Connection& connection, OpenAnswer& answer);
  bool Hold(Connection& connection, OpenAnswer& answer, std::string_view text);
  void End(Connection& connection, const OpenAnswer& answer, Progress progress);
  void Note(const OpenAnswer& answer);

  Application& application_;
  Metrics& metrics_;
  RequestLimits limits_;
  WorkerSlot& slot_;

  struct Held {
    Connection& connection;
    OpenAnswer answer;
  };
  std::vector<Held> held_;
  size_t held_bytes_ = 0;
};

}  // namespace rosterd::fcgi
