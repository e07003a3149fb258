#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "db/search_grams.h"

namespace rosterd::db {

/// The tables of the index that substring search uses (docs/lists.md). What writes postings locks
/// them first.
class SearchStore {
 public:
  enum class Phase {
    kNone,      ///< nothing is indexed
    kClearing,  ///< postings of an earlier index are being removed
    kBuilding,  ///< chunk by chunk
    kReady,     ///< searches may use it
  };

  struct State {
    Phase phase = Phase::kNone;
    uint64_t chunk = 0;  ///< the next one to build
  };

  /// A person whose texts changed.
  struct Queued {
    uint64_t id = 0;  ///< of the row in `search_queue`; 0 of one in `person_ids`
    uint64_t person = 0;
    bool erased = false;  ///< it was purged
  };

  static State Look(Session& session);
  /// The state, nobody else's until the end of the transaction. What others committed before is
  /// seen by the reads that follow.
  static State Lock(Session& session);
  static void Set(Session& session, const State& state);

  /// The person with the lowest id from this one on.
  static std::optional<uint64_t> PersonFrom(Session& session, uint64_t first);

  /// The first of the queue: at most `limit` of those who were changed and as many new ones.
  static std::vector<Queued> Waiting(Session& session, uint64_t limit);
  static uint64_t CountWaiting(Session& session);
  static void Dequeue(Session& session, const std::vector<Queued>& queued);

  /// Adds persons of one chunk to the postings.
  static void Merge(Session& session, uint64_t chunk, const GramMap& grams);
  /// Takes persons of one chunk out of all postings.
  static void Scrub(Session& session, uint64_t chunk, const std::vector<uint64_t>& persons);
  /// Removes some postings; false when there are none.
  static bool ClearSome(Session& session);
};

}  // namespace rosterd::db
