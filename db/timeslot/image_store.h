#pragma once

#include <string_view>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::timeslot {

/// SQL of the images that a person had. The current one also stands in users.picture, which changes
/// through directory::Persons. Contract: section 10.
class ImageStore {
 public:
  /// Adds the new current image.
  static void Add(Session& session, UserId user, std::string_view public_id, Time now);
  /// Gives the current image its deletion time; with `tag` the background job is to mark the
  /// upload. False when there was none.
  static bool Supersede(Session& session, UserId user, Time now, bool tag);
};

}  // namespace rosterd::db::timeslot
