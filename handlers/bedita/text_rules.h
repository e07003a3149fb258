#pragma once

#include <string_view>

namespace rosterd::bedita {

/// Rules of texts: contract section 8.4 and 10.1.

/// An address with a name, one "@" and a domain with a dot, without blanks.
bool IsEmailAddress(std::string_view text);
/// "http", "ftp" and the like: a URL of such a scheme has a host.
bool IsWebScheme(std::string_view scheme);
/// A URL with a scheme of the web and a whole host: "https://example.org/x".
bool IsWebAddress(std::string_view text);
/// What may be a username: an e-mail address, or no `< > : / =`, and dots only between words.
bool IsUsername(std::string_view text);
/// What may be a name: no `< > : / =`, and nothing that looks like a domain.
bool IsPersonName(std::string_view text);
/// What may be the name of a role: 2 to 32 letters, digits, "_" and single inner blanks, a letter
/// first.
bool IsRoleName(std::string_view text);
/// True when the store takes the text: no control characters but blanks and line ends, those only
/// where `one_line` is off.
bool IsStorable(std::string_view text, bool one_line);

}  // namespace rosterd::bedita
