#include "handlers/bedita/search_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace rosterd::bedita {
namespace {

constexpr size_t kLeastCharacters = 3;

/// Characters beyond ASCII that part words: blanks, punctuation, symbols.
struct Range {
  uint32_t first;
  uint32_t last;
};

constexpr std::array<Range, 20> kSeparators = {{
    {0x80, 0xA9},     {0xAB, 0xB1},     {0xB4, 0xB4},     {0xB6, 0xB8},       {0xBB, 0xBB},
    {0xBF, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x37E, 0x37E},     {0x387, 0x387},
    {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x245F}, {0x2500, 0x2BFF},   {0x3000, 0x3004},
    {0x3008, 0x3020}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF0F}, {0x1F000, 0x1FAFF}, {0xE000, 0xF8FF},
}};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool IsAsciiWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

size_t CharacterSize(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && IsContinuation(text[size])) ++size;
  return size;
}

uint32_t Decode(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  uint32_t code = character.size() == 1 ? first : first & (0x7FU >> character.size());
  for (const char c : character.substr(1))
    code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return code;
}

bool IsWordCharacter(std::string_view character) {
  if (character.size() == 1) return IsAsciiWord(character.front());
  const uint32_t code = Decode(character);
  return std::none_of(kSeparators.begin(), kSeparators.end(), [&](const Range& range) {
    return range.first <= code && code <= range.last;
  });
}

void Keep(std::string& word, std::vector<std::string>& words) {
  const bool wanted = CountCharacters(word) >= kLeastCharacters &&
                      std::find(words.begin(), words.end(), word) == words.end();
  if (wanted) words.push_back(word);
  word.clear();
}

}  // namespace

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::vector<std::string> SearchWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  while (!text.empty()) {
    const std::string_view character = text.substr(0, CharacterSize(text));
    text.remove_prefix(character.size());
    if (IsWordCharacter(character)) {
      word += character;
    } else {
      Keep(word, words);
    }
  }
  Keep(word, words);
  return words;
}

}  // namespace rosterd::bedita
