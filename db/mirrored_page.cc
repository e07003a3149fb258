#include "db/mirrored_page.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "db/page_sql.h"

namespace rosterd::db {
namespace {

using TakeRow = std::function<void(const Rows&)>;

// A page that many rows behind a known one of the same group is walked to.
constexpr uint64_t kShortWalk = 2000;

/// The list as the index has it when it is read backward.
OrderedList Backward(const OrderedList& list) {
  OrderedList backward;
  backward.source = list.source;
  backward.joins = list.joins;
  backward.where = list.where;
  backward.order = list.order;
  backward.order.back().descending = true;
  backward.lasting = list.lasting;
  const std::vector<SortColumn> groups(list.order.begin(), list.order.end() - 1);
  backward.select.Add("SELECT u.id, DENSE_RANK() OVER (").Append(OrderBy(groups)).Add(")");
  for (const SortColumn& column : groups) backward.select.Add(", ").Add(column.sql);
  backward.columns = 2 + static_cast<int>(groups.size());
  return backward;
}

}  // namespace

MirroredPage::MirroredPage(Session& session, const OrderedList& list, uint64_t limit,
                           uint64_t offset)
    : session_(session), list_(list), name_(NameOf(list)), limit_(limit), offset_(offset) {}

void MirroredPage::Read(const TakeRow& row) {
  if (list_.lasting && ReadWithinGroup(row)) return;
  const Snapshot snapshot(session_);
  const std::vector<Met> met = ReadBackward();
  if (met.empty()) return;
  Rows rows = RowsOf(list_, Ids(met), /*remembered=*/true).Query(session_);
  if (rows.Next()) Take(rows, row);
}

/// When a row is known that the whole page follows within one group: groups may be large.
bool MirroredPage::ReadWithinGroup(const TakeRow& row) {
  const Anchors* anchors = session_.Pages().Find(name_);
  const auto start = anchors == nullptr ? std::nullopt : anchors->Below(offset_, limit_);
  if (!start || start->skip > kShortWalk) return false;
  StatementBuilder ids;
  ids.Add("SELECT u.id").Add(list_.source).Append(list_.where).Add(" AND ");
  ids.Append(InGroupOf(list_, *start->key)).Add(" AND u.id >= ").Value(start->key->back());
  ids.Add(" ORDER BY u.id LIMIT ").Value(limit_).Add(" OFFSET ").Value(start->skip);
  OrderedList counted = list_;
  counted.select.Add(", COUNT(*) OVER ()");
  ++counted.columns;
  Rows rows = RowsOf(counted, ids, /*remembered=*/true).Query(session_);
  if (!rows.Next() || rows.Number(list_.columns) < limit_) return false;
  const uint64_t known = session_.Pages().Version();
  session_.Pages().SawVersion(VersionOf(rows, counted));
  if (session_.Pages().Version() != known) return false;
  session_.Pages().FindOrAdd(name_).Add(offset_, KeyOf(rows, counted));
  do {
    row(rows);
  } while (rows.Next());
  return true;
}

void MirroredPage::Take(Rows& rows, const TakeRow& row) {
  if (list_.lasting) {
    session_.Pages().SawVersion(VersionOf(rows, list_));
    session_.Pages().FindOrAdd(name_).Add(offset_, KeyOf(rows, list_));
  }
  do {
    row(rows);
  } while (rows.Next());
}

std::vector<MirroredPage::Met> MirroredPage::ReadBackward() {
  std::vector<Met> met;
  const size_t columns = list_.order.size() - 1;
  ReadPage(session_, Backward(list_), limit_, offset_, [&](const Rows& rows) {
    Met one{rows.Number(0), rows.Number(1), {}};
    for (size_t i = 0; i < columns; ++i) {
      one.key.push_back(rows.OptionalText(2 + static_cast<int>(i)));
    }
    met.push_back(std::move(one));
  });
  return met;
}

/// How many rows of the first group stand before the page.
uint64_t MirroredPage::RowsBefore(const Met& first) {
  if (offset_ == 0) return 0;
  StatementBuilder count;
  count.Add("SELECT COUNT(*)").Add(list_.source).Append(list_.where).Add(" AND ");
  count.Append(InGroupOf(list_, first.key)).Add(" AND u.id > ").Value(first.id);
  Rows rows = count.Query(session_);
  return rows.Next() ? rows.Number(0) : 0;
}

StatementBuilder MirroredPage::GroupPart(const RowKey& key, uint64_t rows, uint64_t skip) const {
  StatementBuilder part;
  part.Add("(SELECT u.id").Add(list_.source).Append(list_.where).Add(" AND ");
  part.Append(InGroupOf(list_, key)).Add(" ORDER BY u.id LIMIT ").Value(rows);
  part.Add(" OFFSET ").Value(skip).Add(")");
  return part;
}

StatementBuilder MirroredPage::Ids(const std::vector<Met>& met) {
  const uint64_t last = met.back().group;
  uint64_t in_first = 0;
  uint64_t in_last = 0;
  std::vector<uint64_t> whole;  // rows of groups in between
  for (const Met& one : met) {
    if (one.group == 1) {
      ++in_first;
    } else if (one.group == last) {
      ++in_last;
    } else {
      whole.push_back(one.id);
    }
  }
  StatementBuilder ids = GroupPart(met.front().key, in_first, RowsBefore(met.front()));
  if (in_last > 0) ids.Add(" UNION ALL ").Append(GroupPart(met.back().key, in_last, 0));
  if (!whole.empty()) {
    // Up to a power of two, with ids that nobody has: pages share a few held statements.
    whole.resize(std::bit_ceil(whole.size()), 0);
    ids.Add(" UNION ALL SELECT u.id FROM users u WHERE u.id IN (").Values(whole).Add(")");
  }
  return ids;
}

}  // namespace rosterd::db
