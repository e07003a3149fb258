#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/request.h"

namespace rosterd::brightact {

/// The path of a request below its mount, one suffix taken off. Contract: section 1.
struct Address {
  std::vector<std::string> segments;  ///< "api", "v1", "user", "13"
  bool xml = false;                   ///< the suffix was .xml
};

/// Nothing for a path that cannot be split.
std::optional<Address> ParseAddress(const fcgi::Request& request);

/// An id of a path.
struct PathId {
  bool my = false;
  uint64_t number = 0;  ///< 0 = a number that is never found
};

/// Reads "my" (where `allow_my`) or 1 to 19 digits; nothing for anything else.
std::optional<PathId> ParsePathId(std::string_view text, bool allow_my);

}  // namespace rosterd::brightact
