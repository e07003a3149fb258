#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db::timeslot {

/// An image that is nobody's current one any more, and whose upload is to be marked so.
struct SupersededImage {
  uint64_t id = 0;
  UserId user;
  std::string public_id;
  uint64_t tries = 0;   ///< the one that is about to be made included
  bool in_use = false;  ///< it is somebody's current image all the same
};

/// SQL of the marks that superseded images wait for.
class ImageTagStore {
 public:
  /// Takes the one that is due for longest and moves its next try to `next`, so that no other host
  /// takes it meanwhile; nothing when none is due, or another host was faster.
  static std::optional<SupersededImage> Claim(Session& session, Time now, Time next);
  /// No further try is to be made.
  static void Settle(Session& session, uint64_t id);
};

}  // namespace rosterd::db::timeslot
