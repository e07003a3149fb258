#pragma once

#include <string>
#include <string_view>

namespace rosterd::db {

/// "00ff" for two bytes. Binary values go to the server as UNHEX(?), because what is bound as it is
/// must be text. Inside db/ only.
inline std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0xFU];
  }
  return hex;
}

}  // namespace rosterd::db
