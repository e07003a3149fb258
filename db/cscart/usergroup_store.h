#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::cscart {

/// A user group. Contract: section 15. Ids 0, 1 and 2 are built in and have no row.
struct Usergroup {
  uint64_t id = 0;
  std::string status = "A";  ///< A, H, D
  std::string type = "C";    ///< A for administrators, C for customers
  std::string name;
};

/// A person's link to a group.
struct UsergroupLink {
  uint64_t id = 0;
  uint64_t usergroup = 0;
  std::string status;      ///< A active, P pending, D declined, F available again
  std::string group_type;  ///< of the group
};

/// SQL of user groups, their privileges and the links of persons to them.
class UsergroupStore {
 public:
  /// Which groups List gives; what is not set does not restrict.
  struct Filter {
    std::optional<std::string> type;
    std::optional<std::string> status;
    std::optional<std::string> name_contains;
  };
  static std::vector<Usergroup> List(Session& session,
                                     const Filter& filter);  ///< by name, then id; at most 10000
  static std::optional<Usergroup> Find(Session& session, uint64_t id, bool lock = false);
  static uint64_t Insert(Session& session, const Usergroup& group);
  static void Update(Session& session, const Usergroup& group);
  /// Removes the group with its privileges and links.
  static void Delete(Session& session, uint64_t id);

  /// Names of the group's privileges, in their order.
  static std::vector<std::string> Privileges(Session& session, uint64_t group);
  static void SetPrivileges(Session& session, uint64_t group,
                            const std::vector<std::string>& privileges);
  /// What the person's groups (link active, group active or hidden) carry together; empty means
  /// that none carries any, so that nothing restricts the person (contract section 6).
  static std::vector<std::string> PrivilegesOfUser(Session& session, UserId user);
  /// True when a live person has an active link to the group.
  static bool HasMembers(Session& session, uint64_t group);

  /// Which links Links gives: those to groups that are not disabled, of one status or of all but F.
  struct LinkFilter {
    std::optional<std::string> status;
    bool all = false;  ///< those of status F too
  };
  static std::vector<UsergroupLink> Links(Session& session, UserId user, const LinkFilter& filter);
  static std::optional<UsergroupLink> FindLink(Session& session, UserId user, uint64_t group);
  /// Makes or changes a link, which moves the account's updated_at. Status F changes an existing
  /// one only. False when nothing differs now.
  static bool SetLink(Session& session, UserId user, uint64_t group, std::string_view status,
                      Time now);
  /// Removes active links to groups of this type; how many there were.
  static uint64_t RemoveActiveLinks(Session& session, UserId user, std::string_view group_type);
  static uint64_t RemoveLinksOfGroup(Session& session, uint64_t group);
};

}  // namespace rosterd::db::cscart
