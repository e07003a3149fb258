#include "db/cocoaheads/profile_store.h"

#include "db/hex.h"
#include "db/person.h"

namespace rosterd::db::cocoaheads {
namespace {

constexpr std::string_view kWithToken =
    "SELECT u.id, u.first_name, u.last_name, u.company, u.position, u.email, u.phone, u.picture,"
    " u.status, u.blocked, u.deleted_at, c.id, c.created_at, c.last_used_at"
    " FROM credentials c FORCE INDEX (by_digest)"
    " STRAIGHT_JOIN users u FORCE INDEX (PRIMARY) ON u.id = c.user_id AND u.deleted_at IS NULL"
    " WHERE c.digest = UNHEX(?) AND c.dialect = 'cocoaheads' AND c.kind = 'token'"
    " AND c.form = 'sha256' AND c.revoked_at IS NULL"
    " AND (c.expires_at IS NULL OR c.expires_at > ?) LIMIT 1";

// All conditions but the key are looked at here: the server weighs each of them anew every time.
constexpr std::string_view kActive =
    "SELECT id, first_name, last_name, company, position, email, phone, picture,"
    " status, blocked, deleted_at FROM users FORCE INDEX (PRIMARY) WHERE id = ?";

constexpr std::string_view kExists =
    "SELECT 1 FROM users FORCE INDEX (PRIMARY) WHERE id = ? AND deleted_at IS NULL LIMIT 1";

Profile ReadProfile(const Rows& rows) {
  return {.id = {rows.Number(0)},
          .name = rows.Text(1),
          .lastname = rows.Text(2),
          .company = rows.Text(3),
          .position = rows.Text(4),
          .email = rows.Text(5),
          .phone = rows.Text(6),
          .picture = rows.Text(7)};
}

bool MaySignIn(const Rows& rows) {
  return StatusFromText(rows.Text(8)) == Status::kActive && !rows.Flag(9) && rows.IsNull(10);
}

}  // namespace

std::optional<Login> ProfileStore::WithToken(Session& session, std::string_view digest, Time now) {
  Rows rows = session.Query(kWithToken, Hex(digest), now);
  if (!rows.Next()) return std::nullopt;
  Login login;
  login.profile = ReadProfile(rows);
  login.may_sign_in = MaySignIn(rows);
  login.credential = rows.Number(11);
  login.created_at = rows.Moment(12).value_or(Time{});
  login.last_used_at = rows.Moment(13);
  return login;
}

std::optional<Profile> ProfileStore::Active(Session& session, UserId id) {
  Rows rows = session.Query(kActive, id);
  if (!rows.Next() || !MaySignIn(rows)) return std::nullopt;
  return ReadProfile(rows);
}

bool ProfileStore::Exists(Session& session, UserId id) { return session.Query(kExists, id).Next(); }

}  // namespace rosterd::db::cocoaheads
