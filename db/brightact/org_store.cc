#include "db/brightact/org_store.h"

namespace rosterd::db::brightact {
namespace {

#define ROSTERD_ORG_COLUMNS "SELECT id, name, created_at, updated_at FROM brightact_orgs"

constexpr std::string_view kInsert =
    "INSERT INTO brightact_orgs (name, created_at, updated_at) VALUES (?, ?, ?)";
constexpr std::string_view kFind = ROSTERD_ORG_COLUMNS " WHERE id = ? LIMIT 1";
constexpr std::string_view kFindShared =
    ROSTERD_ORG_COLUMNS " WHERE id = ? LIMIT 1 LOCK IN SHARE MODE";
constexpr std::string_view kFindOwn = ROSTERD_ORG_COLUMNS " WHERE id = ? LIMIT 1 FOR UPDATE";
constexpr std::string_view kList = ROSTERD_ORG_COLUMNS " WHERE id > ? ORDER BY id LIMIT ?";
constexpr std::string_view kRename =
    "UPDATE brightact_orgs SET name = ?, updated_at = ? WHERE id = ?";
constexpr std::string_view kRelease =
    "UPDATE users SET brightact_org_id = NULL WHERE brightact_org_id = ? LIMIT ?";
constexpr std::string_view kRemove = "DELETE FROM brightact_orgs WHERE id = ?";

#undef ROSTERD_ORG_COLUMNS

// One statement for all members of a large organisation could outlast the read timeout.
constexpr uint64_t kReleasedAtOnce = 10'000;

std::string_view SelectFor(OrgStore::Lock lock) {
  if (lock == OrgStore::Lock::kShared) return kFindShared;
  return lock == OrgStore::Lock::kOwn ? kFindOwn : kFind;
}

Org Read(const Rows& rows) {
  Org org;
  org.id = rows.Number(0);
  org.name = rows.Text(1);
  org.created_at = rows.Moment(2).value_or(Time{});
  org.updated_at = rows.Moment(3).value_or(Time{});
  return org;
}

}  // namespace

uint64_t OrgStore::Insert(Session& session, std::string_view name, Time now) {
  return session.Execute(kInsert, name, now, now).last_id;
}

std::optional<Org> OrgStore::Find(Session& session, uint64_t id, Lock lock) {
  Rows rows = session.Query(SelectFor(lock), id);
  if (!rows.Next()) return std::nullopt;
  return Read(rows);
}

std::vector<Org> OrgStore::List(Session& session, uint64_t after, int limit) {
  std::vector<Org> orgs;
  Rows rows = session.Query(kList, after, limit);
  while (rows.Next()) orgs.push_back(Read(rows));
  return orgs;
}

void OrgStore::Rename(Session& session, uint64_t id, std::string_view name, Time now) {
  session.Execute(kRename, name, now, id);
}

uint64_t OrgStore::ReleaseMembers(Session& session, uint64_t id) {
  uint64_t released = 0;
  while (true) {
    const uint64_t rows = session.Execute(kRelease, id, kReleasedAtOnce).rows;
    released += rows;
    if (rows < kReleasedAtOnce) return released;
  }
}

void OrgStore::Remove(Session& session, uint64_t id) { session.Execute(kRemove, id); }

}  // namespace rosterd::db::brightact
