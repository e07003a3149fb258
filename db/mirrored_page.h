#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/ordered_list.h"
#include "db/page_memory.h"

namespace rosterd::db {

/// A page of a mirrored list. Rows that are equal in the columns of the order are a group; groups
/// stand where the index, read backward, has them. So that is read for the groups on the page, and
/// each is then put in order by itself: one that lies on the page as a whole by sorting it, one
/// that is cut by an edge of the page by walking the index through it forward. Inside db/ only.
class MirroredPage {
 public:
  MirroredPage(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset);

  void Read(const std::function<void(const Rows&)>& row);

 private:
  /// A row at some place of the page as the index has it.
  struct Met {
    uint64_t id;
    uint64_t group;  // counted from 1
    RowKey key;
  };

  bool ReadApart(const std::function<void(const Rows&)>& row);
  std::vector<Met> ReadAround(uint64_t& version);
  bool ReadWithinGroup(const std::function<void(const Rows&)>& row);
  void Take(Rows& rows, const std::function<void(const Rows&)>& row);
  std::vector<Met> ReadBackward();
  uint64_t RowsBefore(const Met& first);
  StatementBuilder GroupPart(const RowKey& key, uint64_t rows, uint64_t skip) const;
  StatementBuilder Ids(const std::vector<Met>& met);

  Session& session_;
  const OrderedList& list_;
  std::string name_;
  uint64_t limit_;
  uint64_t offset_;
};

}  // namespace rosterd::db
