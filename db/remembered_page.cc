#include "db/remembered_page.h"

#include <utility>

#include "db/changes.h"
#include "db/page_sql.h"

namespace rosterd::db {

RememberedPage::RememberedPage(Session& session, const OrderedList& list, uint64_t limit,
                               uint64_t offset)
    : session_(session), list_(list) {
  if (!list.lasting || list.indexed) return;
  name_ = NameOf(list) + '#' + std::to_string(limit) + '+' + std::to_string(offset);
}

bool RememberedPage::ReadAgain(const TakeRow& row) {
  PageMemory& memory = session_.Pages();
  const KnownPage* known = IsDear() ? memory.FindPage(name_) : nullptr;
  if (known == nullptr) return false;
  Rows rows = RowsOfIds(list_, known->ids).Query(session_);
  if (!rows.Next()) return false;
  const uint64_t version = VersionOf(rows, list_);
  if (version != memory.Version()) {
    memory.SawVersion(version);
    return false;
  }
  do {
    row(rows);
  } while (rows.Next());
  return true;
}

void RememberedPage::Keep(std::vector<uint64_t> ids, uint64_t version, bool alone) {
  PageMemory& memory = session_.Pages();
  const bool as_old = alone || memory.Version() == version;
  memory.SawVersion(version);
  if (as_old && IsDear()) memory.PutPage(name_, {std::move(ids), std::nullopt});
}

std::optional<uint64_t> RememberedPage::Total() const {
  const KnownPage* known = IsDear() ? session_.Pages().FindPage(name_) : nullptr;
  return known == nullptr ? std::nullopt : known->total;
}

void RememberedPage::KeepTotal(uint64_t total) {
  KnownPage* known = IsDear() ? session_.Pages().FindPage(name_) : nullptr;
  if (known == nullptr || Changes::Version(session_) != session_.Pages().Version()) return;
  known->total = total;
}

}  // namespace rosterd::db
