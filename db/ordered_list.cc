#include "db/ordered_list.h"

#include <optional>
#include <string>
#include <utility>

#include "db/mirrored_page.h"
#include "db/page_sql.h"
#include "db/remembered_page.h"

namespace rosterd::db {
namespace {

using TakeRow = std::function<void(const Rows&)>;

// Pages before this row are walked to from the beginning, and not remembered.
constexpr uint64_t kNear = 200;

/// A page of a list that is remembered.
class FarPage {
 public:
  FarPage(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset)
      : session_(session), list_(list), name_(NameOf(list)), limit_(limit), offset_(offset) {}

  void Read(const TakeRow& row) {
    PageMemory& memory = session_.Pages();
    const Anchors* anchors = memory.Find(name_);
    const auto start = anchors == nullptr ? std::nullopt : anchors->Nearest(offset_, limit_);
    if (start && ReadFrom(*start, memory.Version(), row)) return;
    ReadFrom({nullptr, /*backward=*/false, offset_, limit_}, std::nullopt, row);
  }

 private:
  /// False when the lists are no longer of the version that `start` is known under: then no row has
  /// been given to anybody.
  bool ReadFrom(const PageStart& start, std::optional<uint64_t> version, const TakeRow& row) {
    Rows rows = RowsBehind(start.skip, RowsFrom(list_, start, /*remembered=*/true), session_);
    if (!rows.Next()) return false;
    const uint64_t now = VersionOf(rows, list_);
    session_.Pages().SawVersion(now);
    if (version && now != *version) return false;
    Anchors& anchors = session_.Pages().FindOrAdd(name_);
    anchors.Add(offset_, KeyOf(rows, list_));
    uint64_t count = 0;
    do {
      row(rows);
      ++count;
    } while (rows.Next());
    if (count < limit_) anchors.End(offset_ + count);
    return true;
  }

  Session& session_;
  const OrderedList& list_;
  std::string name_;
  uint64_t limit_;
  uint64_t offset_;
};

void ReadNear(Session& session, const OrderedList& list, const PageStart& start, bool remembered,
              const TakeRow& row) {
  Rows rows = RowsBehind(start.skip, RowsFrom(list, start, remembered), session);
  while (rows.Next()) row(rows);
}

/// By the list's own way to the ids; false, and no row given, when that leads nowhere.
bool ReadFound(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset,
               const TakeRow& row) {
  const Snapshot snapshot(session);
  auto ids = list.find(session, limit, offset);
  if (!ids) return false;
  if (ids->empty()) return true;
  Rows rows = RowsOfIds(list, *std::move(ids)).Query(session);
  while (rows.Next()) row(rows);
  return true;
}

void ReadDear(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset,
              const TakeRow& row, RememberedPage& memory) {
  std::vector<uint64_t> ids;
  uint64_t version = 0;
  const TakeRow note = [&](const Rows& rows) {
    if (ids.empty()) version = VersionOf(rows, list);
    ids.push_back(rows.Number(0));
    row(rows);
  };
  if (list.find && ReadFound(session, list, limit, offset, note)) {
    // That was it.
  } else if (list.lasting && offset >= kNear) {
    FarPage(session, list, limit, offset).Read(note);
  } else {
    ReadNear(session, list, {nullptr, /*backward=*/false, offset, limit}, /*remembered=*/true,
             note);
  }
  if (!ids.empty()) memory.Keep(std::move(ids), version, /*alone=*/list.lasting);
}

}  // namespace

StatementBuilder OrderBy(const std::vector<SortColumn>& order, bool reversed) {
  StatementBuilder clause;
  for (const SortColumn& column : order) {
    clause.Add(clause.Empty() ? Literal(" ORDER BY ") : Literal(", ")).Add(column.sql);
    if (column.descending != reversed) clause.Add(" DESC");
  }
  return clause;
}

void ReadPage(Session& session, const OrderedList& list, uint64_t limit, uint64_t offset,
              const TakeRow& row, RememberedPage* memory) {
  if (list.mirrored) return MirroredPage(session, list, limit, offset).Read(row);
  const bool dear = memory != nullptr && memory->IsDear();
  if (dear) return ReadDear(session, list, limit, offset, row, *memory);
  if (list.lasting && offset >= kNear) return FarPage(session, list, limit, offset).Read(row);
  ReadNear(session, list, {nullptr, /*backward=*/false, offset, limit}, /*remembered=*/false, row);
}

}  // namespace rosterd::db
