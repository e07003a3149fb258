#pragma once

#include "fcgi/application.h"
#include "fcgi/metrics.h"

namespace rosterd::fcgi::testing {

/// Answers by path, with the number in the query where one is needed:
///   /pid          the worker's process id
///   /sleep?MS     "sleeping" to the log, and after so long the answer "slept"
///   /throw        throws
///   /big?BYTES    a body of so many 'x'
///   /stream?N     N pieces "piece 0\n", …
///   /drip?N       the same, 100 ms before each
///   /break?N      the same without pauses, then throws
///   /grow?MB      keeps so much memory for ever
///   /metrics      the pools' metrics
///   /nothing      204
///   /quick        as others, and quick
///   others        "METHOD path?query body", as route "echo" and person 7
class TestApplication : public Application {
 public:
  Response Handle(const Request& request) override;
  /// "failed STATUS" with that status.
  Response Failed(const Request& request, int status) override;
  bool IsQuick(const Request& request) override { return request.raw_path == "/quick"; }

 private:
  std::string kept_;
};

}  // namespace rosterd::fcgi::testing
