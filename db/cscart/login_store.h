#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::cscart {

/// Bits of Login::privileges. Contract: section 6.
inline constexpr uint8_t kViewUsers = 1;
inline constexpr uint8_t kManageUsers = 2;
inline constexpr uint8_t kViewUsergroups = 4;
inline constexpr uint8_t kManageUsergroups = 8;
inline constexpr uint8_t kManageAdminUsergroups = 16;
inline constexpr uint8_t kOtherPrivilege = 128;  ///< one that concerns no user, but restricts

/// A live person as far as signing in goes, with one of its live credentials.
struct Login {
  UserId id;
  bool may_sign_in = false;  ///< active and not blocked
  std::string user_type;
  bool is_root = false;
  uint64_t company_id = 0;
  uint8_t privileges = 0;  ///< union of its groups' privileges; 0 = no group has any
  uint64_t credential = 0;
  std::string form;
  std::string digest;
};

/// Reads accounts for signing in, each in one statement.
class LoginStore {
 public:
  /// The live keys of all accounts with this e-mail address, in any case of letters: one account,
  /// unless addresses are unique per store.
  static std::vector<Login> WithKey(Session& session, std::string_view email, Time now);
  /// The account whose live token has this SHA-256 digest.
  static std::optional<Login> WithToken(Session& session, std::string_view digest, Time now);
};

}  // namespace rosterd::db::cscart
