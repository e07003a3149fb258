#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rosterd::fcgi {

/// The bytes that a base64 text of the standard alphabet (RFC 4648 section 4) stands for, its
/// padding complete or left out altogether. Bytes of `ignored` are skipped wherever they stand.
/// Nothing for any other text.
std::optional<std::string> DecodeBase64(std::string_view text, const char* ignored = nullptr);

}  // namespace rosterd::fcgi
