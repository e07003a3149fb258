#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What libFuzzer calls with every input that it makes up.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace rosterd::fuzz {

inline std::string_view AsText(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the run, with the input kept, when a promise of a parser is broken.
inline void Require(bool promise) {
  if (!promise) __builtin_trap();
}

/// Every byte as "%XX".
inline std::string Percent(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4U];
    encoded += kHex[byte & 0xFU];
  }
  return encoded;
}

}  // namespace rosterd::fuzz
