#include "db/brightact/key_store.h"

#include "db/hex.h"

namespace rosterd::db::brightact {
namespace {

constexpr std::string_view kFind =
    "SELECT c.id, u.id, c.role FROM credentials c JOIN users u FORCE INDEX (PRIMARY)"
    " ON u.id = c.user_id"
    " WHERE c.digest = UNHEX(?) AND c.dialect = 'brightact' AND c.kind = 'key'"
    " AND c.form = 'sha256' AND c.revoked_at IS NULL"
    " AND (c.expires_at IS NULL OR c.expires_at > ?)"
    " AND u.deleted_at IS NULL AND u.status = 'active' AND u.blocked = 0 LIMIT 1";

}  // namespace

std::optional<ApiKey> KeyStore::Find(Session& session, std::string_view digest, Time now) {
  Rows rows = session.Query(kFind, Hex(digest), now);
  if (!rows.Next()) return std::nullopt;
  return ApiKey{rows.Number(0), {rows.Number(1)}, rows.Text(2)};
}

}  // namespace rosterd::db::brightact
