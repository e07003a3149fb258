#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/request.h"

namespace rosterd::cocoaheads {

/// The path of a request in its canonical spelling. Contract: sections 1 and 11.
struct Address {
  bool facade = false;                ///< below /method, where the published app asks
  std::vector<std::string> segments;  ///< "users", "7"; "method" and what follows
};

/// Reads the path behind the mount: "/api" is dropped once, "user" is "users", "notification" is
/// "clients". Nothing for a path that cannot be one of this API's.
std::optional<Address> ParseAddress(const fcgi::Request& request);

/// True for an id as paths hold it: 1 to 19 digits, the first of which is not 0.
bool IsId(std::string_view segment);

}  // namespace rosterd::cocoaheads
