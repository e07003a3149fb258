#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {

/// SQL of table `throttle`: failures of one subject in a window that starts with the first of them.
class ThrottleStore {
 public:
  struct Count {
    uint64_t failures = 0;
    Time window_started_at;
  };
  /// Whose failures of what; no two of one call are the same.
  struct Key {
    std::string kind;
    std::string subject;
    std::chrono::seconds window{0};
  };
  /// The failures of each in a window that is still open at `now`, in the order of `keys`. One
  /// statement; none without keys.
  static std::vector<Count> Get(Session& session, std::span<const Key> keys, Time now);
  /// Counts one more; a closed window starts anew. One statement, safe from any number of hosts.
  static void Add(Session& session, std::string_view kind, std::string_view subject, Time now,
                  std::chrono::seconds window);
  static void Clear(Session& session, std::string_view kind, std::string_view subject);
  /// Removes windows that started before `before`, at most `limit`.
  static uint64_t Sweep(Session& session, Time before, int limit);
};

}  // namespace rosterd::db
