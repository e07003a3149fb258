#include "db/timeslot/token_store.h"

namespace rosterd::db::timeslot {
namespace {

constexpr std::string_view kFind =
    "SELECT c.id, c.user_id FROM credentials c JOIN users u FORCE INDEX (PRIMARY)"
    " ON u.id = c.user_id"
    " WHERE c.digest = ? AND c.dialect = 'timeslot' AND c.kind = 'token' AND c.form = 'sha256'"
    " AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > ?)"
    " AND u.deleted_at IS NULL AND u.status = 'active' AND u.blocked = 0 LIMIT 1";

}  // namespace

std::optional<TokenOwner> TokenStore::Find(Session& session, std::string_view digest, Time now) {
  Rows rows = session.Query(kFind, digest, now);
  if (!rows.Next()) return std::nullopt;
  return TokenOwner{.credential = rows.Number(0), .user = {rows.Number(1)}};
}

}  // namespace rosterd::db::timeslot
