#include "db/cscart/usergroup_store.h"

namespace rosterd::db::cscart {
namespace {

constexpr std::string_view kFind =
    "SELECT id, status, type, name FROM cscart_usergroups WHERE id = ?";
constexpr std::string_view kFindLocked =
    "SELECT id, status, type, name FROM cscart_usergroups WHERE id = ? FOR UPDATE";
constexpr std::string_view kInsert =
    "INSERT INTO cscart_usergroups (status, type, name) VALUES (?, ?, ?)";
constexpr std::string_view kUpdate =
    "UPDATE cscart_usergroups SET status = ?, type = ?, name = ? WHERE id = ?";
constexpr std::string_view kDelete = "DELETE FROM cscart_usergroups WHERE id = ?";

constexpr std::string_view kPrivileges =
    "SELECT privilege FROM cscart_usergroup_privileges WHERE usergroup_id = ? ORDER BY privilege "
    "LIMIT 1000";
constexpr std::string_view kAddPrivilege =
    "INSERT INTO cscart_usergroup_privileges (usergroup_id, privilege) VALUES (?, ?)"
    " ON DUPLICATE KEY UPDATE privilege = privilege";
constexpr std::string_view kRemovePrivileges =
    "DELETE FROM cscart_usergroup_privileges WHERE usergroup_id = ?";
constexpr std::string_view kPrivilegesOfUser =
    "SELECT DISTINCT p.privilege FROM cscart_usergroup_links l"
    " JOIN cscart_usergroups g ON g.id = l.usergroup_id"
    " JOIN cscart_usergroup_privileges p ON p.usergroup_id = g.id"
    " WHERE l.user_id = ? AND l.status = 'A' AND g.status IN ('A', 'H') ORDER BY p.privilege LIMIT "
    "1000";
constexpr std::string_view kHasMembers =
    "SELECT l.id FROM cscart_usergroup_links l JOIN users u ON u.id = l.user_id"
    " WHERE l.usergroup_id = ? AND l.status = 'A' AND u.deleted_at IS NULL LIMIT 1";

constexpr std::string_view kFindLink =
    "SELECT l.id, l.usergroup_id, l.status, g.type FROM cscart_usergroup_links l"
    " JOIN cscart_usergroups g ON g.id = l.usergroup_id WHERE l.user_id = ? AND l.usergroup_id = ?";
constexpr std::string_view kSetLink =
    "INSERT INTO cscart_usergroup_links (user_id, usergroup_id, status, updated_at) VALUES (?, ?, "
    "?, ?)"
    " ON DUPLICATE KEY UPDATE updated_at = IF(status = VALUES(status), updated_at, "
    "VALUES(updated_at)),"
    " status = VALUES(status)";
constexpr std::string_view kFreeLink =
    "UPDATE cscart_usergroup_links SET status = 'F', updated_at = ?"
    " WHERE user_id = ? AND usergroup_id = ? AND status <> 'F'";
// A change of a link is a change of the account, also for who sorts by it.
constexpr std::string_view kTouchUser = "UPDATE users SET updated_at = ? WHERE id = ?";
constexpr std::string_view kRemoveActiveLinks =
    "DELETE l FROM cscart_usergroup_links l JOIN cscart_usergroups g ON g.id = l.usergroup_id"
    " WHERE l.user_id = ? AND l.status = 'A' AND g.type = ?";
constexpr std::string_view kRemoveLinksOfGroup =
    "DELETE FROM cscart_usergroup_links WHERE usergroup_id = ?";

Usergroup ReadGroup(const Rows& rows) {
  return {.id = rows.Number(0), .status = rows.Text(1), .type = rows.Text(2), .name = rows.Text(3)};
}

UsergroupLink ReadLink(const Rows& rows) {
  return {.id = rows.Number(0),
          .usergroup = rows.Number(1),
          .status = rows.Text(2),
          .group_type = rows.Text(3)};
}

std::vector<std::string> Names(Rows rows) {
  std::vector<std::string> names;
  while (rows.Next()) names.push_back(rows.Text(0));
  return names;
}

}  // namespace

std::vector<Usergroup> UsergroupStore::List(Session& session, const Filter& filter) {
  StatementBuilder statement;
  statement.Add("SELECT id, status, type, name FROM cscart_usergroups WHERE id > 2");
  if (filter.type) statement.Add(" AND type = ").Value(*filter.type);
  if (filter.status) statement.Add(" AND status = ").Value(*filter.status);
  if (filter.name_contains)
    statement.Add(" AND name LIKE ").Value(ContainsPattern(*filter.name_contains));
  statement.Add(" ORDER BY name, id LIMIT 10000");

  std::vector<Usergroup> groups;
  Rows rows = statement.Query(session);
  while (rows.Next()) groups.push_back(ReadGroup(rows));
  return groups;
}

std::optional<Usergroup> UsergroupStore::Find(Session& session, uint64_t id, bool lock) {
  Rows rows = session.Query(lock ? kFindLocked : kFind, id);
  if (!rows.Next()) return std::nullopt;
  return ReadGroup(rows);
}

uint64_t UsergroupStore::Insert(Session& session, const Usergroup& group) {
  return session.Execute(kInsert, group.status, group.type, group.name).last_id;
}

void UsergroupStore::Update(Session& session, const Usergroup& group) {
  session.Execute(kUpdate, group.status, group.type, group.name, group.id);
}

void UsergroupStore::Delete(Session& session, uint64_t id) { session.Execute(kDelete, id); }

std::vector<std::string> UsergroupStore::Privileges(Session& session, uint64_t group) {
  return Names(session.Query(kPrivileges, group));
}

void UsergroupStore::SetPrivileges(Session& session, uint64_t group,
                                   const std::vector<std::string>& privileges) {
  session.Execute(kRemovePrivileges, group);
  for (const std::string& privilege : privileges) session.Execute(kAddPrivilege, group, privilege);
}

std::vector<std::string> UsergroupStore::PrivilegesOfUser(Session& session, UserId user) {
  return Names(session.Query(kPrivilegesOfUser, user));
}

bool UsergroupStore::HasMembers(Session& session, uint64_t group) {
  return session.Query(kHasMembers, group).Next();
}

std::vector<UsergroupLink> UsergroupStore::Links(Session& session, UserId user,
                                                 const LinkFilter& filter) {
  StatementBuilder statement;
  statement.Add(
      "SELECT l.id, l.usergroup_id, l.status, g.type FROM cscart_usergroup_links l"
      " JOIN cscart_usergroups g ON g.id = l.usergroup_id WHERE g.status <> 'D' AND l.user_id = ");
  statement.Value(user);
  if (filter.status) {
    statement.Add(" AND l.status = ").Value(*filter.status);
  } else if (!filter.all) {
    statement.Add(" AND l.status <> 'F'");
  }
  statement.Add(" ORDER BY l.usergroup_id LIMIT 10000");

  std::vector<UsergroupLink> links;
  Rows rows = statement.Query(session);
  while (rows.Next()) links.push_back(ReadLink(rows));
  return links;
}

std::optional<UsergroupLink> UsergroupStore::FindLink(Session& session, UserId user,
                                                      uint64_t group) {
  Rows rows = session.Query(kFindLink, user, group);
  if (!rows.Next()) return std::nullopt;
  return ReadLink(rows);
}

bool UsergroupStore::SetLink(Session& session, UserId user, uint64_t group, std::string_view status,
                             Time now) {
  const bool changed = status == "F"
                           ? session.Execute(kFreeLink, now, user, group).rows != 0
                           : session.Execute(kSetLink, user, group, status, now).rows != 0;
  if (changed) session.Execute(kTouchUser, now, user);
  return changed;
}

uint64_t UsergroupStore::RemoveActiveLinks(Session& session, UserId user,
                                           std::string_view group_type) {
  return session.Execute(kRemoveActiveLinks, user, group_type).rows;
}

uint64_t UsergroupStore::RemoveLinksOfGroup(Session& session, uint64_t group) {
  return session.Execute(kRemoveLinksOfGroup, group).rows;
}

}  // namespace rosterd::db::cscart
