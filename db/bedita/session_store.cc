#include "db/bedita/session_store.h"

namespace rosterd::db::bedita {
namespace {

// A row for each role, one without a role for a user who has none.
constexpr std::string_view kFind =
    "SELECT u.id, u.username, u.status, u.blocked, u.bedita_locked, u.password_changed_at,"
    " c.created_at, a.name, a.enabled, r.id, r.name, r.priority"
    " FROM users u FORCE INDEX (PRIMARY)"
    " LEFT JOIN credentials c ON c.id = ? AND c.user_id = u.id AND c.dialect = 'bedita'"
    " AND c.kind = 'session' AND c.revoked_at IS NULL"
    " AND (c.expires_at IS NULL OR c.expires_at > ?)"
    " LEFT JOIN bedita_applications a ON a.id = ?"
    " LEFT JOIN bedita_user_roles l ON l.user_id = u.id"
    " LEFT JOIN bedita_roles r ON r.id = l.role_id"
    " WHERE u.id = ? AND u.deleted_at IS NULL ORDER BY r.id LIMIT 10000";

constexpr std::string_view kExtend =
    "UPDATE credentials SET expires_at = ?, last_used_at = ? WHERE id = ?";

// Saturates where a signed 32-bit number does.
constexpr std::string_view kCountFailure =
    "UPDATE users SET bedita_last_login_err = ?,"
    " bedita_num_login_err = LEAST(bedita_num_login_err + 1, 2147483647)"
    " WHERE username_key = LOWER(?) AND deleted_at IS NULL";

constexpr std::string_view kNoteLogin =
    "UPDATE users SET last_login_at = ?, bedita_num_login_err = 0 WHERE id = ?";

}  // namespace

std::optional<Standing> SessionStore::Find(Session& session, const Wanted& wanted, Time now) {
  Rows rows = session.Query(kFind, wanted.session, now, wanted.application, wanted.user);
  std::optional<Standing> found;
  while (rows.Next()) {
    if (!found) {
      found.emplace();
      found->id = {rows.Number(0)};
      found->username = rows.Text(1);
      found->status = StatusFromText(rows.Text(2)).value_or(Status::kDisabled);
      found->blocked = rows.Flag(3);
      found->locked = rows.Flag(4);
      found->password_changed_at = rows.Moment(5);
      found->session_created_at = rows.Moment(6);
      found->application = rows.Text(7);
      found->application_enabled = rows.Flag(8);
    }
    if (!rows.IsNull(9)) found->roles.push_back({rows.Number(9), rows.Text(10), rows.Number(11)});
  }
  return found;
}

void SessionStore::Extend(Session& session, uint64_t id, std::optional<Time> expires_at, Time now) {
  session.Execute(kExtend, expires_at, now, id);
}

void SessionStore::CountFailure(Session& session, std::string_view username, Time now) {
  session.Execute(kCountFailure, now, username);
  session.Notes().NoteSignIn();
}

void SessionStore::NoteLogin(Session& session, UserId user, Time now) {
  session.Execute(kNoteLogin, now, user);
  session.Notes().NoteSignIn();
}

}  // namespace rosterd::db::bedita
