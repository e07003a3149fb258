#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace rosterd::db {

/// What one worker remembers of lists, each under the version (db/changes.h) that it was computed
/// from; holds the `capacity` values used last.
template <typename T>
class VersionedCache {
 public:
  explicit VersionedCache(size_t capacity) : capacity_(capacity) {}

  /// The value, when it was computed from this version; nullptr otherwise. Valid until the next
  /// call of Put.
  T* Find(std::string_view key, uint64_t version) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end() || found->second->version != version) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->value;
  }

  T& Put(std::string_view key, uint64_t version, T value) {
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) {
      entries_.erase(found->second);
      by_key_.erase(found);
    } else if (entries_.size() == capacity_) {
      by_key_.erase(entries_.back().key);
      entries_.pop_back();
    }
    entries_.push_front({std::string(key), version, std::move(value)});
    by_key_.emplace(entries_.front().key, entries_.begin());
    return entries_.front().value;
  }

 private:
  struct Entry {
    std::string key;
    uint64_t version;
    T value;
  };

  size_t capacity_;
  std::list<Entry> entries_;  // the one used last comes first
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_key_;
};

}  // namespace rosterd::db
