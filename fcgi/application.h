#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::fcgi {

/// What a worker process runs: made once in each worker, after the fork, and called from one
/// thread.
class Application {
 public:
  Application() = default;
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;
  virtual ~Application() = default;

  /// Answers one request. May throw for a bug or a broken world: the layer then logs it with the
  /// request id and sends what `Failed` says.
  virtual Response Handle(const Request& request) = 0;

  /// The answer to a request that could not be served, in the shape that its caller understands:
  /// 400 for one that the layer refused (a header twice), 413 for a body above the limit, 500 when
  /// Handle threw.
  virtual Response Failed(const Request& request, int status) = 0;

  /// Whether the answer will surely be there in well below a millisecond. Answers that are ready
  /// may then be kept back until this one is, so that nginx is woken once for many.
  virtual bool IsQuick(const Request& /*request*/) { return false; }

  /// Time spent in the database since the last call, for the request's log line and the metrics.
  virtual std::chrono::microseconds TakeDatabaseTime() { return {}; }

  /// Called about once a second between requests.
  virtual void Tick() {}
};

using ApplicationFactory = std::function<std::unique_ptr<Application>()>;

}  // namespace rosterd::fcgi
