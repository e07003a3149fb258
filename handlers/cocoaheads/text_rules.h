#pragma once

#include <cstddef>
#include <string_view>

namespace rosterd::cocoaheads {

/// The longest text of a user. Contract: section 5.
inline constexpr size_t kMostCharacters = 255;

/// The number of characters (code points) of a valid UTF-8 text.
size_t Characters(std::string_view text);

/// True for one "@" with something on both sides, no blanks or control characters, and at most 254
/// bytes.
bool IsEmail(std::string_view text);

}  // namespace rosterd::cocoaheads
