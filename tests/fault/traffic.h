#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "tests/e2e/http.h"

namespace rosterd::testing {

/// A steady load beside the test: several requests at a time, over connections that are kept for a
/// while and then made anew. It ends by itself after some ten thousands of requests.
class Traffic {
 public:
  struct Sent {
    HttpRequest request;
    HttpResponse response;
  };
  /// The request with that number; the numbers count from 0.
  using Maker = std::function<HttpRequest(int)>;

  Traffic(int concurrency, Maker make);
  ~Traffic();
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;

  /// Waits until so many more requests have been answered.
  bool Await(int more) const;
  /// The same for requests that succeeded: refusals come faster than the end of what caused them.
  bool AwaitGood(int more) const;
  /// Ends it; what was sent and answered, in order.
  std::vector<Sent> End();

 private:
  void Run(int concurrency);

  Maker make_;
  std::atomic<bool> ending_ = false;
  std::atomic<int> answered_ = 0;
  std::atomic<int> good_ = 0;
  std::vector<Sent> sent_;
  std::thread thread_;
};

}  // namespace rosterd::testing
