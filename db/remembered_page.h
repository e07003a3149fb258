#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/ordered_list.h"

namespace rosterd::db {

/// A page of a list that is dear to find: no index gives its rows in order, or a search has to say
/// first who may be meant. Who is on it is remembered under the version of the lists, so that the
/// same page costs one statement when it is asked for again and nothing was written. What is shown
/// of the persons is read anew each time.
class RememberedPage {
 public:
  using TakeRow = std::function<void(const Rows&)>;

  /// Of `list`, which outlives this. Remembers nothing of lists that are cheap or not lasting.
  RememberedPage(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset);

  bool IsDear() const { return !name_.empty(); }
  /// Calls `row` for each row of the page when it is known; false, and no row given, otherwise.
  bool ReadAgain(const TakeRow& row);

  /// A statement found these under `version`. Not `alone`: it relied on what was read before, which
  /// is as new only when that version had been seen before.
  void Keep(std::vector<uint64_t> ids, uint64_t version, bool alone);

  /// How many the list holds, when that is remembered with the page.
  std::optional<uint64_t> Total() const;
  /// The same to be remembered, unless the lists have changed since the page was read.
  void KeepTotal(uint64_t total);

 private:
  Session& session_;
  const OrderedList& list_;
  std::string name_;  // empty: not to be remembered
};

}  // namespace rosterd::db
