#include "db/timeslot/phone_login.h"

namespace rosterd::db::timeslot {
namespace {

// The first comparison uses the index, in a collation that takes more for equal; the second one is
// exact.
constexpr std::string_view kFind =
    "SELECT id FROM users WHERE phone = ? AND CAST(phone AS BINARY) = CAST(? AS BINARY)"
    " AND deleted_at IS NULL"
    " ORDER BY COALESCE(timeslot_phone_login = CAST(? AS BINARY), 0) DESC, id LIMIT 1";

constexpr std::string_view kIsTaken =
    "SELECT id FROM users WHERE phone = ? AND CAST(phone AS BINARY) = CAST(? AS BINARY)"
    " AND id <> ? AND (deleted_at IS NULL OR ?) LIMIT 1";

constexpr std::string_view kHolder =
    "SELECT id, CAST(phone AS BINARY) = timeslot_phone_login AND (deleted_at IS NULL OR ?)"
    " FROM users WHERE timeslot_phone_login = CAST(? AS BINARY) LIMIT 1 FOR UPDATE";

constexpr std::string_view kClaim =
    "UPDATE users SET timeslot_phone_login = CAST(? AS BINARY) WHERE id = ?";
constexpr std::string_view kDrop = "UPDATE users SET timeslot_phone_login = NULL WHERE id = ?";
constexpr std::string_view kDropAtLogin =
    "UPDATE users SET timeslot_phone_login = NULL, last_login_at = ? WHERE id = ?";

}  // namespace

std::optional<Person> PhoneLogin::Find(Session& session, std::string_view phone) {
  if (phone.empty()) return std::nullopt;
  UserId id;
  {
    Rows rows = session.Query(kFind, phone, phone, phone);
    if (!rows.Next()) return std::nullopt;
    id = {rows.Number(0)};
  }
  return PersonStore::Find(session, id);
}

bool PhoneLogin::IsTaken(Session& session, std::string_view phone, UserId user,
                         bool reserve_deleted) {
  return session.Query(kIsTaken, phone, phone, user, reserve_deleted).Next();
}

bool PhoneLogin::Take(Session& session, UserId user, std::string_view phone, bool reserve_deleted) {
  if (phone.empty()) {
    session.Execute(kDrop, user);
    return true;
  }
  UserId holder;
  bool counts = false;
  {
    Rows rows = session.Query(kHolder, reserve_deleted, phone);
    if (rows.Next()) {
      holder = {rows.Number(0)};
      counts = rows.Flag(1);
    }
  }
  if (holder == user) return true;
  if (counts) return false;
  if (holder.value != 0) session.Execute(kDrop, holder);
  session.Execute(kClaim, phone, user);
  return true;
}

void PhoneLogin::NoteLogin(Session& session, const Person& person, bool reserve_deleted, Time now) {
  if (person.phone.empty()) {
    session.Execute(kDropAtLogin, now, person.id);
    session.Notes().NoteSignIn();
    return;
  }
  Take(session, person.id, person.phone, reserve_deleted);
  PersonStore::TouchLogin(session, person.id, now);
}

}  // namespace rosterd::db::timeslot
