#pragma once

#include <string>
#include <string_view>

namespace rosterd::bedita {

/// The form of a text that may be a unique name: ASCII, runs of anything but letters, digits and
/// "_" as one "-", none at the ends, lower case; empty when nothing is left. Contract: section 8.4.
std::string Slug(std::string_view text);

/// What `uname` becomes: its slug, or "user-" and the slug of `username` when that is empty or
/// would be taken for an id. At most 255 characters.
std::string MakeUname(std::string_view uname, std::string_view username);

/// True for "user-12", which person 12 is called by when it has no unique name of its own.
bool IsMadeOfAnId(std::string_view uname);

/// Another one when that is taken: "user-" (unless it is there), the base cut so that it fits, "-"
/// and `suffix`.
std::string NextUname(std::string_view taken, std::string_view suffix);

/// True for what reads as a number: "12", "-1.5", "1e3".
bool IsNumeric(std::string_view text);

}  // namespace rosterd::bedita
