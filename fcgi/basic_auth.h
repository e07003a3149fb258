#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rosterd::fcgi {

/// User and password of an `Authorization: Basic` header (RFC 7617), as sent, not trimmed.
struct BasicCredentials {
  std::string user;
  std::string password;
};

/// Reads the value of an Authorization header: scheme in any case, base64, split at the first
/// colon. Nothing for another scheme, broken base64, a missing colon, a NUL or invalid UTF-8.
std::optional<BasicCredentials> ParseBasic(std::string_view header);

}  // namespace rosterd::fcgi
