#include "handlers/bedita/unique_name.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostCharacters = 255;
constexpr std::string_view kPrefix = "user-";

/// A row of characters with their ASCII forms, in lower case: "?" has none, "_" is silent.
struct Block {
  uint32_t first;
  std::string_view forms;
};

constexpr std::array<Block, 4> kBlocks = {{
    // U+00C0 to U+017F
    {0xC0,
     "a a a a a a ae c e e e e i i i i d n o o o o o ? o u u u u y th ss a a a a a a "
     "ae c e e e e i i i i d n o o o o o ? o u u u u y th y a a a a a a c c c c c c c "
     "c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i ij ij "
     "j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s "
     "s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s"},
    // U+0386 to U+03CE
    {0x386,
     "a ? e e i ? o ? y o i a b g d e z e th i k l m n x o p r ? s t y ph ch ps o i y "
     "a e e i y a b g d e z e th i k l m n x o p r s s t y ph ch ps o i y o y o"},
    // U+0400 to U+045F
    {0x400,
     "e e ? g e ? i i ? ? ? ? k i u ? a b v g d e zh z i j k l m n o p r s t u f h c "
     "ch sh shch _ y _ e yu ya a b v g d e zh z i j k l m n o p r s t u f h c ch sh "
     "shch _ y _ e yu ya e e ? g e ? i i ? ? ? ? k i u ?"},
    // U+1E00 to U+1EFF
    {0x1E00,
     "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h "
     "h h h h i i i i k k k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o "
     "o o o o p p p p r r r r r r r r s s s s s s s s s s t t t t t t t t u u u u u u "
     "u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z h t w y ? ? ? ? ss ? "
     "a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e e e e e e e e e "
     "i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u "
     "u u y y y y y y y y ? ? ? ? ? ?"},
}};

constexpr uint32_t kFirstCombining = 0x300;
constexpr uint32_t kLastCombining = 0x36F;

/// The next character of valid UTF-8, cut off the front.
uint32_t TakeCharacter(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  size_t size = 1;
  if (first >= 0xC0) size = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  size = std::min(size, text.size());
  uint32_t character = size == 1 ? first : first & (0x7FU >> size);
  for (size_t i = 1; i < size; ++i) {
    character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(size);
  return character;
}

std::string_view FormAt(std::string_view forms, uint32_t position) {
  for (; position > 0 && !forms.empty(); --position) fcgi::CutUntil(forms, ' ');
  return fcgi::CutUntil(forms, ' ');
}

/// What stands for a character in ASCII; a blank when nothing does.
std::string_view AsciiForm(uint32_t character) {
  if (character >= kFirstCombining && character <= kLastCombining) return "";
  for (const Block& block : kBlocks) {
    if (character < block.first || character - block.first > kMostCharacters + 1) continue;
    const std::string_view form = FormAt(block.forms, character - block.first);
    if (form == "_") return "";
    if (!form.empty() && form != "?") return form;
  }
  return " ";
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool IsAllDigits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view SkipDigits(std::string_view text, bool& any) {
  const size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  any = any || size > 0;
  return text.substr(size);
}

}  // namespace

std::string Slug(std::string_view text) {
  std::string slug;
  const auto add = [&](char c) {
    if (IsNameCharacter(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  };
  while (!text.empty()) {
    const uint32_t character = TakeCharacter(text);
    if (character < 0x80) {
      add(fcgi::AsciiLower(static_cast<char>(character)));
      continue;
    }
    for (const char c : AsciiForm(character)) add(c);
  }
  if (slug.ends_with('-')) slug.pop_back();
  return slug.substr(0, kMostCharacters);
}

std::string MakeUname(std::string_view uname, std::string_view username) {
  std::string slug = Slug(uname);
  if (!slug.empty() && !IsAllDigits(slug)) return slug;
  slug = Slug(std::string(kPrefix) + (slug.empty() ? Slug(username) : slug));
  return slug.substr(0, kMostCharacters);
}

bool IsMadeOfAnId(std::string_view uname) {
  return uname.starts_with(kPrefix) && IsAllDigits(uname.substr(kPrefix.size()));
}

std::string NextUname(std::string_view taken, std::string_view suffix) {
  std::string base(taken.starts_with(kPrefix) ? "" : kPrefix);
  base += taken;
  base.resize(std::min(base.size(), kMostCharacters - suffix.size() - 1));
  return base + "-" + std::string(suffix);
}

bool IsNumeric(std::string_view text) {
  text = fcgi::Trimmed(text);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  bool digits = false;
  text = SkipDigits(text, digits);
  if (text.starts_with('.')) text = SkipDigits(text.substr(1), digits);
  if (!digits) return false;
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  bool exponent = false;
  return SkipDigits(text, exponent).empty() && exponent;
}

}  // namespace rosterd::bedita
