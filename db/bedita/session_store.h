#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "db/person.h"

namespace rosterd::db::bedita {

/// A live user as far as signing in goes, with what a token says about it. Contract: section 6.3.
struct Standing {
  struct Role {
    uint64_t id = 0;
    std::string name;
    uint64_t priority = 0;
  };
  UserId id;
  std::string username;
  Status status = Status::kDisabled;
  bool blocked = false;
  bool locked = false;  ///< may not be deleted
  std::optional<Time> password_changed_at;
  std::optional<Time> session_created_at;  ///< of the session asked for, when it is live
  std::string application;                 ///< name of the one asked for, when there is one
  bool application_enabled = false;
  std::vector<Role> roles;  ///< by id
};

/// Reads and keeps what a user's tokens hang on: a row of `credentials` for each sign-in.
class SessionStore {
 public:
  /// What a token names; 0 where it names nothing.
  struct Wanted {
    UserId user;
    uint64_t session = 0;
    uint64_t application = 0;
  };

  /// One statement; nothing for a user who is gone.
  static std::optional<Standing> Find(Session& session, const Wanted& wanted, Time now);
  /// The session lives until then (for ever without a time); it was used now.
  static void Extend(Session& session, uint64_t id, std::optional<Time> expires_at, Time now);
  /// A failed login of whoever has this username: contract section 6.2. Does not touch `modified`.
  static void CountFailure(Session& session, std::string_view username, Time now);
  /// The user signed in: failed logins are forgotten. Holds the user's row until the commit.
  static void NoteLogin(Session& session, UserId user, Time now);
};

}  // namespace rosterd::db::bedita
