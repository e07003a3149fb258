#pragma once

#include <cstdint>

#include "db/versioned_cache.h"

namespace rosterd::db {

/// What one worker remembers of lists; ends with its connection, so that nothing is carried from
/// one host to another. Each value holds as long as the version under which it was computed.
class ListMemory {
 public:
  /// How many persons a filter lets through, by the text and the values of its condition. Filters
  /// on columns that change without moving the version (db/changes.h) must not come here.
  VersionedCache<uint64_t>& Counts() { return counts_; }

 private:
  static constexpr size_t kCounts = 256;

  VersionedCache<uint64_t> counts_{kCounts};
};

}  // namespace rosterd::db
