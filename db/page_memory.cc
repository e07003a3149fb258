#include "db/page_memory.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rosterd::db {

bool Anchors::IsCrowded(uint64_t position) const {
  const auto next = keys_.lower_bound(position);
  if (next != keys_.end() && next->first - position < spacing_) return true;
  return next != keys_.begin() && position - std::prev(next)->first < spacing_;
}

void Anchors::Add(uint64_t position, RowKey key) {
  if (IsCrowded(position)) return;
  keys_.emplace(position, std::move(key));
  while (keys_.size() > kMost) {
    spacing_ *= 2;
    std::optional<uint64_t> last;
    std::erase_if(keys_, [&](const auto& anchor) {
      if (last && anchor.first - *last < spacing_) return true;
      last = anchor.first;
      return false;
    });
  }
}

std::optional<PageStart> Anchors::Below(uint64_t offset, uint64_t limit) const {
  const auto above = keys_.upper_bound(offset);
  if (above == keys_.begin()) return std::nullopt;
  const auto& [position, key] = *std::prev(above);
  return PageStart{&key, /*backward=*/false, offset - position, limit};
}

std::optional<PageStart> Anchors::Nearest(uint64_t offset, uint64_t limit) const {
  std::optional<PageStart> start = Below(offset, limit);
  uint64_t distance = start ? start->skip : offset;
  const auto behind = keys_.lower_bound(offset + limit);
  if (behind != keys_.end() && behind->first - offset < distance) {
    distance = behind->first - offset;
    start = PageStart{&behind->second, /*backward=*/true, distance - limit, limit};
  }
  if (end_ && *end_ > offset && *end_ - offset < distance) {
    const uint64_t rows = std::min(limit, *end_ - offset);
    start = PageStart{nullptr, /*backward=*/true, *end_ - offset - rows, rows};
  }
  return start;
}

Anchors& PageMemory::FindOrAdd(std::string_view list) {
  if (Anchors* known = Find(list)) return *known;
  return lists_.Put(list, version_, Anchors());
}

}  // namespace rosterd::db
