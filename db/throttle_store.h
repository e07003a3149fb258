#pragma once

#include <string_view>

#include "db/connection.h"

namespace rosterd::db {

/// SQL of table `throttle`: failures of one subject in a window that starts with the first of them.
class ThrottleStore {
 public:
  struct Count {
    uint64_t failures = 0;
    Time window_started_at;
  };
  /// The subject's failures in a window of `window` that is still open at `now`.
  static Count Get(Session& session, std::string_view kind, std::string_view subject, Time now,
                   std::chrono::seconds window);
  /// Counts one more; a closed window starts anew. One statement, safe from any number of hosts.
  static void Add(Session& session, std::string_view kind, std::string_view subject, Time now,
                  std::chrono::seconds window);
  static void Clear(Session& session, std::string_view kind, std::string_view subject);
  /// Removes windows that started before `before`, at most `limit`.
  static uint64_t Sweep(Session& session, Time before, int limit);
};

}  // namespace rosterd::db
