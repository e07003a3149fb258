#include "db/cscart/login_store.h"

namespace rosterd::db::cscart {
namespace {

#define ROSTERD_LOGIN_COLUMNS                                                            \
  "SELECT u.id, u.status = 'active' AND u.blocked = 0, u.cscart_user_type,"              \
  " u.cscart_is_root, u.cscart_company_id,"                                              \
  " (SELECT BIT_OR(CASE p.privilege WHEN 'view_users' THEN 1 WHEN 'manage_users' THEN 2" \
  "   WHEN 'view_usergroups' THEN 4 WHEN 'manage_usergroups' THEN 8"                     \
  "   WHEN 'manage_admin_usergroups' THEN 16 ELSE 128 END)"                              \
  "  FROM cscart_usergroup_links l"                                                      \
  "  JOIN cscart_usergroups g ON g.id = l.usergroup_id AND g.status IN ('A', 'H')"       \
  "  JOIN cscart_usergroup_privileges p ON p.usergroup_id = g.id"                        \
  "  WHERE l.user_id = u.id AND l.status = 'A'),"                                        \
  " c.id, c.form, c.digest"

// The unique form is the address in lower case, followed by a NUL and the realm where there is one.
constexpr std::string_view kWithKey = ROSTERD_LOGIN_COLUMNS
    " FROM users u JOIN credentials c ON c.user_id = u.id AND c.dialect = 'cscart'"
    " AND c.kind = 'key' AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > ?)"
    " WHERE u.email_key >= LOWER(?) AND u.email_key < CONCAT(LOWER(?), CHAR(1 USING utf8mb4))"
    " AND u.deleted_at IS NULL LIMIT 64";

constexpr std::string_view kWithToken = ROSTERD_LOGIN_COLUMNS
    " FROM credentials c JOIN users u FORCE INDEX (PRIMARY)"
    " ON u.id = c.user_id AND u.deleted_at IS NULL"
    " WHERE c.digest = ? AND c.dialect = 'cscart' AND c.kind = 'token' AND c.form = 'sha256'"
    " AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > ?) LIMIT 1";

#undef ROSTERD_LOGIN_COLUMNS

Login ReadLogin(const Rows& rows) {
  Login login;
  login.id = {rows.Number(0)};
  login.may_sign_in = rows.Flag(1);
  login.user_type = rows.Text(2);
  login.is_root = rows.Flag(3);
  login.company_id = rows.Number(4);
  login.privileges = static_cast<uint8_t>(rows.Number(5));
  login.credential = rows.Number(6);
  login.form = rows.Text(7);
  login.digest = rows.Text(8);
  return login;
}

}  // namespace

std::vector<Login> LoginStore::WithKey(Session& session, std::string_view email, Time now) {
  std::vector<Login> logins;
  Rows rows = session.Query(kWithKey, now, email, email);
  while (rows.Next()) logins.push_back(ReadLogin(rows));
  return logins;
}

std::optional<Login> LoginStore::WithToken(Session& session, std::string_view digest, Time now) {
  Rows rows = session.Query(kWithToken, digest, now);
  if (!rows.Next()) return std::nullopt;
  return ReadLogin(rows);
}

}  // namespace rosterd::db::cscart
