#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rosterd::timeslot {

/// True for an empty text and for one of nothing but blanks, Unicode's included. Contract: 4.1.
bool IsBlank(std::string_view utf8);

/// How many Unicode characters a text has. Contract: section 7.
size_t Length(std::string_view utf8);

/// The first `characters` of a text.
std::string Cut(std::string_view utf8, size_t characters);

}  // namespace rosterd::timeslot
