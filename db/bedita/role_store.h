#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::bedita {

/// A row of `bedita_roles`, as far as requests write it.
struct RoleRow {
  uint64_t id = 0;
  std::string name;
  std::optional<std::string> description;
  uint64_t priority = 100;
};

/// Writes roles. Everything belongs into a unit of work of the caller's.
class RoleStore {
 public:
  /// These roles, locked in the order of their ids; those that are not there are left out.
  static std::vector<RoleRow> Lock(Session& session, const std::vector<uint64_t>& ids);
  static std::optional<RoleRow> LockByName(Session& session, std::string_view name);
  /// Refused as kDuplicate by the unique index.
  static uint64_t Insert(Session& session, const RoleRow& role, Time now);
  static void Update(Session& session, const RoleRow& role, Time now);
  /// What requests never change.
  static void SetPriority(Session& session, uint64_t id, uint64_t priority, Time now);
  /// With its links to users.
  static void Delete(Session& session, uint64_t id);
};

/// One user's membership in one role.
struct RoleLink {
  uint64_t user = 0;
  uint64_t role = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy mistakes what the compiler makes of it
  auto operator<=>(const RoleLink&) const = default;
};

/// The links between users and roles.
class RoleLinkStore {
 public:
  /// Those of these ids that are living users, locked in the order of their ids, in sight or not.
  static std::vector<uint64_t> LockUsers(Session& session, const std::vector<uint64_t>& ids);
  static std::vector<RoleLink> OfUser(Session& session, uint64_t user);
  /// Of living users alone: those in the trash keep what they had.
  static std::vector<RoleLink> OfRole(Session& session, uint64_t role);
  /// The lowest priority number of a user's roles; nothing without roles.
  static std::optional<uint64_t> LowestPriority(Session& session, uint64_t user);
  static void Insert(Session& session, const RoleLink& link);
  static void Delete(Session& session, const RoleLink& link);
};

/// What this dialect writes into a person's row beside the calls of directory::Persons.
class UserColumnStore {
 public:
  /// True when a person other than `self` (0 = anybody) has this unique name; those in the trash
  /// count with `trashed`.
  static bool HasUname(Session& session, std::string_view uname, uint64_t self, bool trashed);
  /// The own unique name of a person, in the trash or not; nothing when it has none of its own.
  static std::optional<std::string> Uname(Session& session, uint64_t id);
  static void SetUname(Session& session, uint64_t id, std::string_view uname);
  static bool IsLocked(Session& session, uint64_t id);
  /// Empties the dialect's columns of a person, and takes its roles.
  static void Erase(Session& session, UserId id);
};

}  // namespace rosterd::db::bedita
