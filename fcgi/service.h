#pragma once

#include <chrono>
#include <optional>

#include "fcgi/application.h"
#include "fcgi/connection.h"
#include "fcgi/metrics.h"
#include "fcgi/scoreboard.h"

namespace rosterd::fcgi {

/// Serves requests: reads one from a connection, has the application answer it, sends the answer,
/// counts and logs it. Tells the master through the worker's slot how long it has been at it.
class Service {
 public:
  Service(Application& application, Metrics& metrics, RequestLimits limits, WorkerSlot& slot)
      : application_(application), metrics_(metrics), limits_(limits), slot_(slot) {}

  /// Serves one request on a readable connection, which may be closed afterwards. Gives how long it
  /// took, nothing when there was none.
  std::optional<std::chrono::microseconds> Serve(Connection& connection);

 private:
  Response Answer(const Incoming& incoming);
  Response Fail(const Request& request, int status);
  bool SendAnswer(Connection& connection, const Request& request, const Response& response);
  bool SendStream(Connection& connection, const Request& request, const Response& response);

  Application& application_;
  Metrics& metrics_;
  RequestLimits limits_;
  WorkerSlot& slot_;
};

}  // namespace rosterd::fcgi
