#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rosterd::db {

/// Three consecutive weights of a text in the collation of our columns, 16 bits each.
using Gram = uint64_t;

/// Stands for every gram in the postings of persons whose texts are too long to be taken apart.
inline constexpr Gram kAnyGram = 0;

/// Persons are kept in chunks of neighbouring ids.
inline constexpr uint64_t kChunkSize = 16384;

/// What texts are joined by where the grams of each are wanted.
inline constexpr char kTextEnd = '\n';

/// The weights that no gram goes across.
struct Breaks {
  uint16_t text_end = 0;
  uint16_t other = 0;  ///< 0 = none

  bool At(uint16_t weight) const { return weight == text_end || (weight == other && other != 0); }
};

/// Calls `take(gram)` for each gram of `weights`, as WEIGHT_STRING gives them.
template <typename Take>
void ForEachGram(std::string_view weights, const Breaks& breaks, const Take& take) {
  constexpr Gram kMask = 0xFFFF'FFFF'FFFF;
  Gram gram = 0;
  int length = 0;  // in weights, since the last break
  for (size_t i = 0; i + 1 < weights.size(); i += 2) {
    const auto high = static_cast<unsigned char>(weights[i]);
    const auto low = static_cast<unsigned char>(weights[i + 1]);
    const auto weight = static_cast<uint16_t>((high << 8U) | low);
    length = breaks.At(weight) ? 0 : length + 1;
    gram = ((gram << 16U) | weight) & kMask;
    if (length >= 3) take(gram);
  }
}

/// The last weight of a text; 0 when there is none.
uint16_t LastWeight(std::string_view weights);

/// A set of places in a chunk.
class Places {
 public:
  void Add(uint16_t place) { words_.at(place / 64) |= uint64_t{1} << (place % 64U); }
  void Remove(uint16_t place) { words_.at(place / 64) &= ~(uint64_t{1} << (place % 64U)); }
  bool Has(uint16_t place) const { return ((words_.at(place / 64) >> (place % 64U)) & 1U) != 0; }
  void Unite(const Places& other);
  void Intersect(const Places& other);
  size_t Size() const;
  /// In ascending order.
  std::vector<uint16_t> List() const;

  /// The form of search_postings, in 2048 bytes at most.
  std::string Pack() const;
  static Places Unpack(std::string_view packed);

  bool operator==(const Places&) const = default;

 private:
  std::array<uint64_t, kChunkSize / 64> words_{};
};

/// The grams of some persons of one chunk, with who has each.
class GramMap {
 public:
  void Add(Gram gram, uint16_t place) {
    std::vector<uint16_t>& places = grams_[gram];
    if (places.empty() || places.back() != place) places.push_back(place);
  }
  bool Empty() const { return grams_.empty(); }
  std::vector<Gram> Grams() const;
  Places Of(Gram gram) const;

 private:
  // Grams are not evenly spread over their bits.
  struct Hash {
    size_t operator()(Gram gram) const { return (gram * 0x9E37'79B9'7F4A'7C15U) >> 20U; }
  };
  std::unordered_map<Gram, std::vector<uint16_t>, Hash> grams_;
};

}  // namespace rosterd::db
