#include "db/cocoaheads/profile_store.h"

#include "db/hex.h"

namespace rosterd::db::cocoaheads {
namespace {

constexpr std::string_view kWithToken =
    "SELECT u.id, u.first_name, u.last_name, u.company, u.position, u.email, u.phone, u.picture,"
    " u.status = 'active' AND u.blocked = 0, c.id, c.created_at, c.last_used_at"
    " FROM credentials c JOIN users u FORCE INDEX (PRIMARY)"
    " ON u.id = c.user_id AND u.deleted_at IS NULL"
    " WHERE c.digest = UNHEX(?) AND c.dialect = 'cocoaheads' AND c.kind = 'token'"
    " AND c.form = 'sha256' AND c.revoked_at IS NULL"
    " AND (c.expires_at IS NULL OR c.expires_at > ?) LIMIT 1";

constexpr std::string_view kExists =
    "SELECT 1 FROM users FORCE INDEX (PRIMARY) WHERE id = ? AND deleted_at IS NULL LIMIT 1";

}  // namespace

std::optional<Login> ProfileStore::WithToken(Session& session, std::string_view digest, Time now) {
  Rows rows = session.Query(kWithToken, Hex(digest), now);
  if (!rows.Next()) return std::nullopt;
  Login login;
  login.profile = {.id = {rows.Number(0)},
                   .name = rows.Text(1),
                   .lastname = rows.Text(2),
                   .company = rows.Text(3),
                   .position = rows.Text(4),
                   .email = rows.Text(5),
                   .phone = rows.Text(6),
                   .picture = rows.Text(7)};
  login.may_sign_in = rows.Flag(8);
  login.credential = rows.Number(9);
  login.created_at = rows.Moment(10).value_or(Time{});
  login.last_used_at = rows.Moment(11);
  return login;
}

bool ProfileStore::Exists(Session& session, UserId id) { return session.Query(kExists, id).Next(); }

}  // namespace rosterd::db::cocoaheads
