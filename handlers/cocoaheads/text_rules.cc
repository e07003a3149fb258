#include "handlers/cocoaheads/text_rules.h"

#include <algorithm>

namespace rosterd::cocoaheads {

size_t Characters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool IsEmail(std::string_view text) {
  constexpr size_t kMostBytes = 254;
  const size_t at = text.find('@');
  if (text.size() > kMostBytes || at == std::string_view::npos || at == 0) return false;
  if (at + 1 == text.size() || text.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
}

}  // namespace rosterd::cocoaheads
