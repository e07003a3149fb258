#include "db/mirrored_page.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <utility>

#include "db/page_sql.h"

namespace rosterd::db {
namespace {

using TakeRow = std::function<void(const Rows&)>;

// A page that many rows behind a known one of the same group is walked to.
constexpr uint64_t kShortWalk = 2000;

/// The list as the index has it when it is read backward. What is read of each row: its id, one
/// other thing, the columns of the order but the id.
OrderedList Backward(const OrderedList& list, const StatementBuilder& other) {
  OrderedList backward;
  backward.source = list.source;
  backward.where = list.where;
  backward.order = list.order;
  backward.order.back().descending = true;
  backward.lasting = list.lasting;
  const std::vector<SortColumn> groups(list.order.begin(), list.order.end() - 1);
  backward.select.Add("SELECT u.id, ").Append(other);
  for (const SortColumn& column : groups) backward.select.Add(", ").Add(column.sql);
  backward.columns = 2 + static_cast<int>(groups.size());
  return backward;
}

OrderedList BackwardWithGroups(const OrderedList& list) {
  const std::vector<SortColumn> groups(list.order.begin(), list.order.end() - 1);
  StatementBuilder rank;
  rank.Add("DENSE_RANK() OVER (").Append(OrderBy(groups)).Add(")");
  return Backward(list, rank);
}

/// All is in the index: nothing else is read.
OrderedList BackwardWithVersion(const OrderedList& list) {
  StatementBuilder version;
  version.Add(Changes::kVersionColumn);
  OrderedList backward = Backward(list, version);
  backward.indexed = true;
  return backward;
}

/// What our collation compares of a text of printable ASCII: all of these have weights of their
/// own, but for the case of letters. Nothing for other texts.
std::optional<std::string> Folded(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  for (char& c : text) {
    if (c < ' ' || c > '~') return std::nullopt;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool Differ(const std::optional<std::string>& one, const std::optional<std::string>& other) {
  if (!one || !other) return one.has_value() != other.has_value();
  const auto folded = Folded(*one);
  const auto other_folded = Folded(*other);
  return folded && other_folded && *folded != *other_folded;
}

/// These two rows are certainly not of one group.
bool AreApart(const RowKey& one, const RowKey& other) {
  return !std::ranges::equal(one, other,
                             [](const auto& a, const auto& b) { return !Differ(a, b); });
}

}  // namespace

MirroredPage::MirroredPage(Session& session, const OrderedList& list, uint64_t limit,
                           uint64_t offset)
    : session_(session), list_(list), name_(NameOf(list)), limit_(limit), offset_(offset) {}

void MirroredPage::Read(const TakeRow& row) {
  if (list_.lasting && (ReadWithinGroup(row) || ReadApart(row))) return;
  const Snapshot snapshot(session_);
  if (!list_.lasting && ReadApart(row)) return;
  const std::vector<Met> met = ReadBackward();
  if (met.empty()) return;
  Rows rows = RowsOf(list_, Ids(met), /*remembered=*/true).Query(session_);
  if (rows.Next()) Take(rows, row);
}

/// The page and one more row at each end, with the version of the lists.
std::vector<MirroredPage::Met> MirroredPage::ReadAround(uint64_t& version) {
  std::vector<Met> met;
  const size_t columns = list_.order.size() - 1;
  const uint64_t before = offset_ > 0 ? 1 : 0;
  const auto take = [&](const Rows& rows) {
    version = rows.Number(1);
    met.push_back({rows.Number(0), 0, {}});
    for (size_t i = 0; i < columns; ++i) {
      met.back().key.push_back(rows.OptionalText(2 + static_cast<int>(i)));
    }
  };
  ReadPage(session_, BackwardWithVersion(list_), limit_ + 1 + before, offset_ - before, take);
  return met;
}

/// When no two rows of the page, and none of these and its neighbours, are of one group. What is
/// not lasting is read within a snapshot.
bool MirroredPage::ReadApart(const TakeRow& row) {
  uint64_t version = 0;
  const std::vector<Met> met = ReadAround(version);
  for (size_t i = 1; i < met.size(); ++i) {
    if (!AreApart(met[i - 1].key, met[i].key)) return false;
  }
  std::vector<uint64_t> ids;
  for (size_t i = offset_ > 0 ? 1 : 0; i < met.size() && ids.size() < limit_; ++i) {
    ids.push_back(met[i].id);
  }
  if (ids.empty()) return true;
  Rows rows = RowsOfIds(list_, std::move(ids)).Query(session_);
  if (!rows.Next() || VersionOf(rows, list_) != version) return false;
  do {
    row(rows);
  } while (rows.Next());
  return true;
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
  ReadPage(session_, BackwardWithGroups(list_), limit_, offset_, [&](const Rows& rows) {
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
