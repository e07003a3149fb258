#include "db/bedita/role_store.h"

#include "db/bedita/list_filter.h"

namespace rosterd::db::bedita {
namespace {

constexpr std::string_view kLockByName =
    "SELECT id, name, description, priority FROM bedita_roles WHERE name = ? LIMIT 1 FOR UPDATE";
constexpr std::string_view kInsertRole =
    "INSERT INTO bedita_roles (name, description, priority, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view kUpdateRole =
    "UPDATE bedita_roles SET name = ?, description = ?, updated_at = ? WHERE id = ?";
constexpr std::string_view kSetPriority =
    "UPDATE bedita_roles SET priority = ?, updated_at = ? WHERE id = ?";
constexpr std::string_view kDeleteRole = "DELETE FROM bedita_roles WHERE id = ?";

constexpr std::string_view kLinksOfUser =
    "SELECT user_id, role_id FROM bedita_user_roles WHERE user_id = ?";
constexpr std::string_view kLinksOfRole =
    "SELECT l.user_id, l.role_id FROM bedita_user_roles l JOIN users u ON u.id = l.user_id"
    " WHERE l.role_id = ? AND u.deleted_at IS NULL";
constexpr std::string_view kLowestPriority =
    "SELECT MIN(r.priority) FROM bedita_user_roles l JOIN bedita_roles r ON r.id = l.role_id"
    " WHERE l.user_id = ?";
constexpr std::string_view kInsertLink =
    "INSERT INTO bedita_user_roles (user_id, role_id) VALUES (?, ?)";
constexpr std::string_view kDeleteLink =
    "DELETE FROM bedita_user_roles WHERE user_id = ? AND role_id = ?";
constexpr std::string_view kDeleteLinksOfUser = "DELETE FROM bedita_user_roles WHERE user_id = ?";

constexpr std::string_view kUname = "SELECT bedita_uname FROM users WHERE id = ?";
constexpr std::string_view kSetUname = "UPDATE users SET bedita_uname = ? WHERE id = ?";
constexpr std::string_view kIsLocked = "SELECT bedita_locked FROM users WHERE id = ?";
constexpr std::string_view kErase =
    "UPDATE users SET bedita_uname = NULL, bedita_title = NULL, bedita_description = NULL,"
    " bedita_body = NULL, bedita_extra = NULL, bedita_lang = NULL, bedita_publish_start = NULL,"
    " bedita_publish_end = NULL, bedita_published = NULL, bedita_person_title = NULL,"
    " bedita_gender = NULL, bedita_birthdate = NULL, bedita_deathdate = NULL, bedita_company = 0,"
    " bedita_company_kind = NULL, bedita_street_address = NULL, bedita_city = NULL,"
    " bedita_zipcode = NULL, bedita_country = NULL, bedita_state_name = NULL,"
    " bedita_website = NULL, bedita_national_id_number = NULL, bedita_vat_number = NULL,"
    " bedita_pseudonym = NULL, bedita_user_preferences = NULL, bedita_last_login_err = NULL,"
    " bedita_num_login_err = 0, bedita_verified = NULL, bedita_locked = 1"
    " WHERE id = ?";

RoleRow ReadRole(const Rows& rows) {
  return {rows.Number(0), rows.Text(1), rows.OptionalText(2), rows.Number(3)};
}

std::vector<RoleLink> ReadLinks(Rows rows) {
  std::vector<RoleLink> links;
  while (rows.Next()) links.push_back({rows.Number(0), rows.Number(1)});
  return links;
}

}  // namespace

std::vector<RoleRow> RoleStore::Lock(Session& session, const std::vector<uint64_t>& ids) {
  if (ids.empty()) return {};
  Clause select;
  select.Add("SELECT id, name, description, priority FROM bedita_roles WHERE id IN ").Values(ids);
  select.Add(" ORDER BY id FOR UPDATE");
  std::vector<RoleRow> roles;
  Rows rows = select.Query(session);
  while (rows.Next()) roles.push_back(ReadRole(rows));
  return roles;
}

std::optional<RoleRow> RoleStore::LockByName(Session& session, std::string_view name) {
  Rows rows = session.Query(kLockByName, name);
  if (!rows.Next()) return std::nullopt;
  return ReadRole(rows);
}

uint64_t RoleStore::Insert(Session& session, const RoleRow& role, Time now) {
  return session.Execute(kInsertRole, role.name, role.description, role.priority, now, now).last_id;
}

void RoleStore::Update(Session& session, const RoleRow& role, Time now) {
  session.Execute(kUpdateRole, role.name, role.description, now, role.id);
}

void RoleStore::SetPriority(Session& session, uint64_t id, uint64_t priority, Time now) {
  session.Execute(kSetPriority, priority, now, id);
}

void RoleStore::Delete(Session& session, uint64_t id) { session.Execute(kDeleteRole, id); }

std::vector<uint64_t> RoleLinkStore::LockUsers(Session& session, const std::vector<uint64_t>& ids) {
  if (ids.empty()) return {};
  Clause select;
  select.Add("SELECT id FROM users WHERE deleted_at IS NULL AND id IN ").Values(ids);
  select.Add(" ORDER BY id FOR UPDATE");
  std::vector<uint64_t> users;
  Rows rows = select.Query(session);
  while (rows.Next()) users.push_back(rows.Number(0));
  return users;
}

std::vector<RoleLink> RoleLinkStore::OfUser(Session& session, uint64_t user) {
  return ReadLinks(session.Query(kLinksOfUser, user));
}

std::vector<RoleLink> RoleLinkStore::OfRole(Session& session, uint64_t role) {
  return ReadLinks(session.Query(kLinksOfRole, role));
}

std::optional<uint64_t> RoleLinkStore::LowestPriority(Session& session, uint64_t user) {
  Rows rows = session.Query(kLowestPriority, user);
  if (!rows.Next() || rows.IsNull(0)) return std::nullopt;
  return rows.Number(0);
}

void RoleLinkStore::Insert(Session& session, const RoleLink& link) {
  session.Execute(kInsertLink, link.user, link.role);
}

void RoleLinkStore::Delete(Session& session, const RoleLink& link) {
  session.Execute(kDeleteLink, link.user, link.role);
}

bool UserColumnStore::HasUname(Session& session, std::string_view uname, uint64_t self,
                               bool trashed) {
  Clause select;
  select.Add("SELECT 1 FROM users u WHERE ").Append(UnameCondition(uname));
  select.Add(" AND u.id <> ").Value(self);
  if (!trashed) select.Add(" AND u.deleted_at IS NULL");
  select.Add(" LIMIT 1");
  return select.Query(session).Next();
}

std::optional<std::string> UserColumnStore::Uname(Session& session, uint64_t id) {
  Rows rows = session.Query(kUname, id);
  if (!rows.Next()) return std::nullopt;
  return rows.OptionalText(0);
}

void UserColumnStore::SetUname(Session& session, uint64_t id, std::string_view uname) {
  session.Execute(kSetUname, uname, id);
}

bool UserColumnStore::IsLocked(Session& session, uint64_t id) {
  Rows rows = session.Query(kIsLocked, id);
  return rows.Next() && rows.Flag(0);
}

void UserColumnStore::Erase(Session& session, UserId id) {
  session.Execute(kErase, id);
  session.Execute(kDeleteLinksOfUser, id);
}

}  // namespace rosterd::db::bedita
