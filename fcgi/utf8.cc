#include <cstdint>

#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

/// What may follow a lead byte: how many bytes, and the range of the first of them (the others are
/// 80..BF). The narrow ranges keep out overlong forms, surrogates and what lies above U+10FFFF.
struct Sequence {
  size_t more = 0;
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
};

Sequence After(uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {.more = 1};
  if (lead == 0xE0) return {.more = 2, .low = 0xA0};
  if (lead == 0xED) return {.more = 2, .high = 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {.more = 2};
  if (lead == 0xF0) return {.more = 3, .low = 0x90};
  if (lead == 0xF4) return {.more = 3, .high = 0x8F};
  if (lead >= 0xF1 && lead <= 0xF3) return {.more = 3};
  return {};
}

bool Follows(std::string_view bytes, size_t lead_at, const Sequence& sequence) {
  if (bytes.size() - lead_at <= sequence.more) return false;
  const auto first = static_cast<uint8_t>(bytes[lead_at + 1]);
  if (first < sequence.low || first > sequence.high) return false;
  for (size_t i = 2; i <= sequence.more; ++i) {
    if ((static_cast<uint8_t>(bytes[lead_at + i]) & 0xC0U) != 0x80U) return false;
  }
  return true;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<uint8_t>(bytes[i]);
    if (lead < 0x80) continue;
    const Sequence sequence = After(lead);
    if (sequence.more == 0 || !Follows(bytes, i, sequence)) return false;
    i += sequence.more;
  }
  return true;
}

}  // namespace rosterd::fcgi
