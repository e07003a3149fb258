#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/value.h"

namespace rosterd::fcgi {

/// Why a JSON text was refused, in one English sentence without the text itself.
struct JsonError {
  std::string message;
};

struct JsonLimits {
  /// Objects and lists inside each other; deeper is refused.
  int depth = 32;
  /// Values altogether, each object and list counted as one; more is refused: a tree takes many
  /// times the memory of a text such as "[1,1,1,...]".
  size_t values = 250'000;
  /// Whether the same key twice in an object is its last value, as most parsers read it; else the
  /// text is refused.
  bool last_duplicate_wins = false;
};

/// The value that a JSON text (RFC 8259) holds, or nothing with `error` filled in. Refused:
/// anything but one value with blanks around it, invalid UTF-8 (lone surrogates, escaped ones
/// included), the same key twice in an object (unless the limits say otherwise), a byte order mark,
/// numbers beyond the range of a double, and whatever passes a limit. A NUL inside a string is
/// kept: who reads the string decides. Never throws for bad input.
std::optional<Value> ParseJson(std::string_view text, JsonError& error, JsonLimits limits = {});

/// True when the bytes are valid UTF-8 without surrogates.
bool IsUtf8(std::string_view bytes);

}  // namespace rosterd::fcgi
