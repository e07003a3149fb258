#include "db/brightact/user_store.h"

#include <string_view>

namespace rosterd::db::brightact {
namespace {

// Times as text, which the server writes faster than the client library.
#define ROSTERD_USER_COLUMNS                                                            \
  "SELECT id, username, email, phone, first_name, last_name, company, status, blocked," \
  " deleted_at, CAST(created_at AS CHAR), CAST(updated_at AS CHAR),"                    \
  " CAST(last_login_at AS CHAR), brightact_org_id,"                                     \
  " brightact_mobile_provider, brightact_sp_num, brightact_extra_email,"                \
  " brightact_suppress_emails FROM users"

// No condition beside the key: the server resolves each of them anew every time.
constexpr std::string_view kFind = ROSTERD_USER_COLUMNS " FORCE INDEX (PRIMARY) WHERE id = ?";
// <=> also finds NULL, which is no organisation, over the same index.
constexpr std::string_view kList = ROSTERD_USER_COLUMNS
    " FORCE INDEX (brightact_by_org) WHERE brightact_org_id <=> ? AND deleted_at IS NULL"
    " AND id > ? ORDER BY id LIMIT ?";

#undef ROSTERD_USER_COLUMNS

User Read(const Rows& rows) {
  User user;
  Person& person = user.person;
  person.id = {rows.Number(0)};
  person.username = rows.Text(1);
  person.email = rows.OptionalText(2);
  person.phone = rows.Text(3);
  person.first_name = rows.Text(4);
  person.last_name = rows.Text(5);
  person.company = rows.Text(6);
  person.status = StatusFromText(rows.Text(7)).value_or(Status::kDisabled);
  person.blocked = rows.Flag(8);
  person.deleted_at = rows.Moment(9);
  person.created_at = rows.Moment(10).value_or(Time{});
  person.updated_at = rows.Moment(11).value_or(Time{});
  person.last_login_at = rows.Moment(12);
  user.columns.org_id = rows.Number(13);
  user.columns.mobile_provider = rows.Number(14);
  user.columns.sp_num = rows.Number(15);
  user.columns.extra_email = rows.Text(16);
  user.columns.suppress_emails = rows.Text(17);
  return user;
}

}  // namespace

std::optional<User> UserStore::Find(Session& session, UserId id) {
  Rows rows = session.Query(kFind, id);
  if (!rows.Next()) return std::nullopt;
  User user = Read(rows);
  if (user.person.username.empty()) return std::nullopt;
  return user;
}

std::vector<User> UserStore::List(Session& session, uint64_t org_id, uint64_t after, int limit) {
  const Parameter org = org_id == 0 ? Parameter(std::nullopt) : Parameter(org_id);
  std::vector<User> users;
  Rows rows = session.Query(kList, org, after, limit);
  while (rows.Next()) users.push_back(Read(rows));
  return users;
}

}  // namespace rosterd::db::brightact
