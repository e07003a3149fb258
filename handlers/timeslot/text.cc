#include "handlers/timeslot/text.h"

#include <algorithm>
#include <array>

namespace rosterd::timeslot {
namespace {

// Ruby's [[:space:]] beyond ASCII.
constexpr std::array<std::string_view, 19> kWideBlanks = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool BeginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Bytes of the blank that a text begins with; 0 when it begins with none.
size_t BlankSize(std::string_view text) {
  const char first = text.front();
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  const auto* const wide =
      std::find_if(kWideBlanks.begin(), kWideBlanks.end(),
                   [&](std::string_view blank) { return text.starts_with(blank); });
  return wide == kWideBlanks.end() ? 0 : wide->size();
}

}  // namespace

bool IsBlank(std::string_view utf8) {
  while (!utf8.empty()) {
    const size_t size = BlankSize(utf8);
    if (size == 0) return false;
    utf8.remove_prefix(size);
  }
  return true;
}

size_t Length(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), BeginsCharacter));
}

std::string Cut(std::string_view utf8, size_t characters) {
  size_t seen = 0;
  for (size_t i = 0; i < utf8.size(); ++i) {
    if (BeginsCharacter(utf8[i]) && seen++ == characters) return std::string(utf8.substr(0, i));
  }
  return std::string(utf8);
}

}  // namespace rosterd::timeslot
