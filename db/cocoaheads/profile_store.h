#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::cocoaheads {

/// What the dialect shows of a person.
struct Profile {
  UserId id;
  std::string name;
  std::string lastname;
  std::string company;
  std::string position;
  std::string email;  ///< empty when there is none
  std::string phone;
  std::string picture;  ///< as the column holds it, see directory/picture.h
};

/// A live token with the person whom it lets in.
struct Login {
  Profile profile;
  bool may_sign_in = false;  ///< active and not blocked
  uint64_t credential = 0;
  Time created_at;
  std::optional<Time> last_used_at;
};

/// Reads persons as this dialect sees them, each in one statement.
class ProfileStore {
 public:
  /// The live person whose live token has this SHA-256 digest.
  static std::optional<Login> WithToken(Session& session, std::string_view digest, Time now);
  /// A person that is not deleted, active and not blocked.
  static std::optional<Profile> Active(Session& session, UserId id);
  /// True when there is a person with this id that is not deleted.
  static bool Exists(Session& session, UserId id);
};

}  // namespace rosterd::db::cocoaheads
