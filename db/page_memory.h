#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/versioned_cache.h"

namespace rosterd::db {

/// The values that a row of an ordered list has in the columns of the order, its id last.
using RowKey = std::vector<std::optional<std::string>>;

/// Where to begin to read a page.
struct PageStart {
  const RowKey* key = nullptr;  ///< the row to begin at; none = at the end of the list
  bool backward = false;        ///< up to that row, which is left out, and from the last one
  uint64_t skip = 0;            ///< so many rows before the first one of the page
  uint64_t rows = 0;            ///< of the page, at most
};

/// Some rows of one ordered list and where they stand in it, counted from 0. Holds at most kMost:
/// of more only those that are far enough from each other stay.
class Anchors {
 public:
  void Add(uint64_t position, RowKey key);
  /// The list holds so many rows.
  void End(uint64_t rows) { end_ = rows; }

  /// The nearest known place to read rows [offset, offset + limit) from, from either side; nothing
  /// when the beginning of the list is nearest. Valid until the next Add.
  std::optional<PageStart> Nearest(uint64_t offset, uint64_t limit) const;
  /// The nearest known row that is not behind row `offset`.
  std::optional<PageStart> Below(uint64_t offset, uint64_t limit) const;

  size_t Size() const { return keys_.size(); }
  static constexpr size_t kMost = 512;

 private:
  bool IsCrowded(uint64_t position) const;

  std::map<uint64_t, RowKey> keys_;
  std::optional<uint64_t> end_;
  uint64_t spacing_ = 1;  // rows between two of them, at least
};

/// A page that was read: who is on it, in the order of the list, and how many the list holds where
/// that was found out with it.
struct KnownPage {
  std::vector<uint64_t> ids;
  std::optional<uint64_t> total;
};

/// What one worker remembers of the pages that it has read, under the version of the lists
/// (db/changes.h). One version counts, the newest that was seen.
class PageMemory {
 public:
  uint64_t Version() const { return version_; }
  void SawVersion(uint64_t version) { version_ = version; }

  /// Of the list that is called so; nullptr when nothing is known under the version.
  Anchors* Find(std::string_view list) { return lists_.Find(list, version_); }
  Anchors& FindOrAdd(std::string_view list);

  /// The page that is called so; nullptr when nothing is known under the version.
  KnownPage* FindPage(std::string_view page) { return pages_.Find(page, version_); }
  void PutPage(std::string_view page, KnownPage known) {
    pages_.Put(page, version_, std::move(known));
  }

 private:
  static constexpr size_t kLists = 16;
  static constexpr size_t kPages = 64;

  VersionedCache<Anchors> lists_{kLists};
  VersionedCache<KnownPage> pages_{kPages};
  uint64_t version_ = 0;
};

}  // namespace rosterd::db
