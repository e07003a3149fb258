#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db::demo {

/// A made-up person with its address, as several dialects would have left it. Texts in lower case
/// where they are unique: username, e-mail, uname.
struct DemoPerson {
  UserId id;
  std::string username;
  std::string email;
  std::string phone;
  std::string first_name;
  std::string last_name;
  std::string display_name;
  std::string company;
  std::string position;
  std::string status;
  bool blocked = false;
  Time created_at;
  Time updated_at;
  std::optional<Time> deleted_at;
  std::optional<Time> last_login_at;

  std::string user_type;
  uint64_t company_id = 0;
  std::string language;
  int64_t birthday = 0;  ///< seconds since 1970; 0 = not known
  std::string address;
  std::string city;
  std::string state;
  std::string country;
  std::string zipcode;
  std::optional<uint64_t> usergroup;

  std::optional<std::string> uname;
  std::optional<std::string> gender;
  std::optional<uint64_t> role;

  std::optional<uint64_t> org;

  bool signs_in_by_phone = false;  ///< nobody else who does has the same number
};

/// Loads made-up persons, past the rules and the audit of the directory: for empty test systems.
/// The one store that knows the columns of all dialects.
class DemoStore {
 public:
  /// The highest id that a person has, purged ones included.
  static uint64_t HighestId(Session& session);
  /// Inserts the persons with their main profiles, group and role links, by a few statements of
  /// many rows; at most kMostRows at once. A name that somebody has is refused for all of them.
  static void Insert(Session& session, std::span<const DemoPerson> persons);

  static constexpr size_t kMostRows = 1000;  ///< a prepared statement holds 65,535 values
};

}  // namespace rosterd::db::demo
