#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace rosterd {

/// How many bytes a text begins with that need no escapes: none below `lowest`, none of `letters`.
/// Looks at eight bytes at once.
template <unsigned char lowest, char... letters>
size_t PlainSize(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = 0x8080808080808080;
  // A high bit stays where a byte is below `limit`, at most 128; maybe behind such a byte, too.
  const auto below = [](uint64_t bytes, uint64_t limit) {
    return (bytes - kOnes * limit) & ~bytes & kHighBits;
  };
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= lowest && ((c != letters) && ...);
  };
  size_t size = 0;
  for (; size + sizeof(uint64_t) <= text.size(); size += sizeof(uint64_t)) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + size, sizeof bytes);
    const uint64_t marks =
        (below(bytes, lowest) | ... |
         below(bytes ^ (kOnes * static_cast<unsigned char>(letters)), /*limit=*/1));
    if (marks != 0) break;
  }
  while (size < text.size() && is_plain(text[size])) ++size;
  return size;
}

}  // namespace rosterd
