#include <algorithm>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "db/tally.h"

namespace rosterd::db {

TallySum& TallySum::Cell(std::span<const std::string_view> values) {
  cells_.push_back(TallyCell(values));
  return *this;
}

TallySum& TallySum::Under(std::span<const std::string_view> values) {
  prefixes_.push_back(values.empty() ? std::string() : TallyCell(values) + '|');
  return *this;
}

// One walk over the cells and, where it is there, the mark 'stale'.
StatementBuilder TallySum::Column() const {
  StatementBuilder sum;
  sum.Add(
      "(SELECT IF(MAX(tally = 'stale'), NULL, COALESCE(SUM(amount), 0))"
      " FROM tallies FORCE INDEX (PRIMARY) WHERE ");
  if (std::ranges::find(prefixes_, std::string()) != prefixes_.end()) {
    return sum.Add("tally IN ('stale', ").Value(tally_).Add("))");
  }
  sum.Add("tally = 'stale' OR tally = ").Value(tally_).Add(" AND (");
  bool first = true;
  for (const std::string& prefix : prefixes_) {
    if (!std::exchange(first, false)) sum.Add(" OR ");
    // "}" comes after "|": all that begins with the prefix lies between.
    const std::string end = prefix.substr(0, prefix.size() - 1) + '}';
    sum.Add("cell >= ").Value(prefix).Add(" AND cell < ").Value(end);
  }
  if (!cells_.empty()) {
    std::vector<std::string> cells = cells_;
    // The last one again, up to a power of two: few texts for all lengths.
    cells.resize(std::bit_ceil(cells.size()), cells.back());
    if (!std::exchange(first, false)) sum.Add(" OR ");
    sum.Add("cell IN (").Values(cells).Add(")");
  }
  if (first) sum.Add("FALSE");
  return sum.Add("))");
}

}  // namespace rosterd::db
