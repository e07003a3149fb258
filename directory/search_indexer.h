#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>

#include "db/connection.h"
#include "db/search_store.h"
#include "db/search_texts.h"

namespace rosterd::directory {

/// Builds the index that substring search uses, and keeps it up with what changes. Several may work
/// at the same time, on several hosts too.
class SearchIndexer {
 public:
  /// Waits so long; false when the process is to end.
  using Wait = std::function<bool(std::chrono::milliseconds)>;

  /// `texts` outlive this. A directory whose ids stay below `least_id` is not indexed: to look at
  /// everybody is fast enough there.
  SearchIndexer(db::Connection& connection, std::span<const db::SearchTexts> texts,
                uint64_t least_id = kLeastId);

  /// Works until `wait` gives false. A database that does not answer, or has no schema yet, is
  /// waited for.
  void Run(const Wait& wait);

  enum class Progress {
    kMore,    ///< there is more to do at once
    kIdle,    ///< all is done
    kFailed,  ///< the database did not take it
  };
  /// One transaction, of about a second at most.
  Progress Step();

  /// Drops the index and builds it anew; false when the database did not take it.
  bool Rebuild();

  static constexpr uint64_t kLeastId = db::kChunkSize;

 private:
  bool HasWork(db::Session& session) const;
  Progress Work(db::Session& session) const;
  Progress BuildNext(db::Session& session, uint64_t chunk) const;
  static Progress Forget(db::Session& session);
  Progress TakeQueue(db::Session& session) const;
  void Index(db::Session& session, const std::vector<db::SearchStore::Queued>& queued) const;

  db::Connection& connection_;
  std::span<const db::SearchTexts> texts_;
  uint64_t least_id_;
};

}  // namespace rosterd::directory
