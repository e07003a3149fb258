#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db::cscart {

/// A made-up person with its address. Texts in lower case where they are unique: username, email.
struct DemoPerson {
  UserId id;
  std::string username;
  std::string email;
  std::string phone;
  std::string first_name;
  std::string last_name;
  std::string company;
  std::string status;
  std::string user_type;
  uint64_t company_id = 0;
  std::string address;
  std::string city;
  std::string state;
  std::string country;
  std::string zipcode;
  std::optional<uint64_t> usergroup;
  Time created_at;
  std::optional<Time> last_login_at;
};

/// Loads made-up persons, past the rules and the audit of the directory: for empty test systems.
class DemoStore {
 public:
  /// The highest id that a person has, purged ones included.
  static uint64_t HighestId(Session& session);
  /// Inserts the persons with their main profiles and group links, by a few statements of many
  /// rows; at most kMostRows at once. A name that somebody has is refused for all of them.
  static void Insert(Session& session, std::span<const DemoPerson> persons);

  static constexpr size_t kMostRows = 1000;  ///< a prepared statement holds 65,535 values
};

}  // namespace rosterd::db::cscart
