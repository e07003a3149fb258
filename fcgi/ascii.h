#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rosterd::fcgi {

/// Text of protocols, where only ASCII letters have a case and only blank and tab are blanks. None
/// of these looks at the locale.
inline char AsciiLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string AsciiLower(std::string_view text);

bool EqualsIgnoringCase(std::string_view a, std::string_view b);

/// `text` without the blanks and tabs around it.
std::string_view Trimmed(std::string_view text);

/// The byte that two hex digits stand for; nothing when one of them is none.
std::optional<char> HexByte(char high, char low);

/// Cuts the text up to the first `separator` off the front of `rest`, the separator with it. At the
/// end `rest` is empty, and its data() is null, so that "a," and "a" differ.
std::string_view CutUntil(std::string_view& rest, char separator);

}  // namespace rosterd::fcgi
