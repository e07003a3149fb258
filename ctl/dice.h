#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace rosterd::ctl {

/// Small numbers that look random and depend on a person's id alone, the same ones everywhere.
class Dice {
 public:
  explicit Dice(uint64_t id) : state_(id) {}

  /// 0 to `limit` - 1, each as often as the others.
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  /// True as often as `percent` says.
  bool Percent(uint64_t percent) { return Below(100) < percent; }
  template <typename Items>
  const auto& Pick(const Items& items) {
    return items[Below(items.size())];
  }
  /// The first ones most often, as it is with names.
  template <typename Items>
  const auto& PickSkewed(const Items& items) {
    const uint64_t one = Below(items.size());
    return items[std::min(one, Below(items.size()))];
  }

 private:
  // SplitMix64: neighbouring ids give unlike numbers.
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15U;
    uint64_t mixed = (state_ ^ (state_ >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  uint64_t state_;
};

}  // namespace rosterd::ctl
