#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/throttle.h"
#include "fcgi/value.h"
#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// The text of a scalar member of an object: of a text, a number, or a boolean ("1", ""); nothing
/// for null, lists, objects, and when it is absent.
std::optional<std::string> ScalarText(const fcgi::Value& object, std::string_view name);

/// What limits guesses at a user's password: by username and address, then by address alone.
/// Contract: section 6.2.
std::vector<directory::Throttle::Limit> LoginLimits(const Call& call, std::string_view username);

}  // namespace rosterd::bedita
