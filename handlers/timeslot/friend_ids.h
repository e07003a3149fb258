#pragma once

#include <vector>

#include "db/ids.h"
#include "db/result.h"
#include "fcgi/value.h"

namespace rosterd::timeslot {

/// More ids than these in one request are refused.
inline constexpr size_t kMostFriendIds = 1000;

/// What the parameter `ids` names: each id once, in the order sent.
struct FriendIds {
  std::vector<UserId> ids;
  bool has_others = false;  ///< something among them is no id that anybody could have
};

enum class FriendIdsProblem {
  kBlank,    ///< absent, null, "", white space alone, [], {}, false
  kInvalid,  ///< no array, an array of more than numbers and texts, or of too many
};

/// Reads `ids` of a JSON or form body; null when it is absent. Contract: 6.11, 8.3.
Result<FriendIds, FriendIdsProblem> ReadFriendIds(const fcgi::Value* value);

}  // namespace rosterd::timeslot
