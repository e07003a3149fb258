#include "db/search_grams.h"

#include <algorithm>
#include <bit>

namespace rosterd::db {
namespace {

constexpr size_t kMapBytes = kChunkSize / 8;
constexpr size_t kMostListed = kMapBytes / 2 - 1;

}  // namespace

uint16_t LastWeight(std::string_view weights) {
  if (weights.size() < 2) return 0;
  const auto high = static_cast<unsigned char>(weights[weights.size() - 2]);
  const auto low = static_cast<unsigned char>(weights[weights.size() - 1]);
  return static_cast<uint16_t>((high << 8U) | low);
}

void Places::Unite(const Places& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_.at(i) |= other.words_.at(i);
}

void Places::Intersect(const Places& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_.at(i) &= other.words_.at(i);
}

size_t Places::Size() const {
  size_t size = 0;
  for (const uint64_t word : words_) size += static_cast<size_t>(std::popcount(word));
  return size;
}

std::vector<uint16_t> Places::List() const {
  std::vector<uint16_t> list;
  for (size_t i = 0; i < words_.size(); ++i) {
    for (uint64_t word = words_.at(i); word != 0; word &= word - 1) {
      list.push_back(static_cast<uint16_t>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
    }
  }
  return list;
}

std::string Places::Pack() const {
  std::string packed;
  if (Size() <= kMostListed) {
    for (const uint16_t place : List()) {
      packed += static_cast<char>(place >> 8U);
      packed += static_cast<char>(place & 0xFFU);
    }
    return packed;
  }
  packed.reserve(kMapBytes);
  for (const uint64_t word : words_) {
    for (unsigned shift = 0; shift < 64; shift += 8) packed += static_cast<char>(word >> shift);
  }
  return packed;
}

Places Places::Unpack(std::string_view packed) {
  Places places;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(packed[i]); };
  if (packed.size() != kMapBytes) {
    for (size_t i = 0; i + 1 < packed.size(); i += 2) {
      places.Add(static_cast<uint16_t>(((byte(i) << 8U) | byte(i + 1)) % kChunkSize));
    }
    return places;
  }
  for (size_t i = 0; i < kMapBytes; ++i) {
    places.words_.at(i / 8) |= uint64_t{byte(i)} << (8 * (i % 8));
  }
  return places;
}

std::vector<Gram> GramMap::Grams() const {
  std::vector<Gram> grams;
  grams.reserve(grams_.size());
  for (const auto& [gram, places] : grams_) grams.push_back(gram);
  std::ranges::sort(grams);
  return grams;
}

Places GramMap::Of(Gram gram) const {
  Places places;
  const auto found = grams_.find(gram);
  if (found == grams_.end()) return places;
  for (const uint16_t place : found->second) places.Add(place);
  return places;
}

}  // namespace rosterd::db
