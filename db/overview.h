#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/person.h"

namespace rosterd::db {

/// What an operator wants to see of the directory as a whole. Reads only.
class Overview {
 public:
  /// Which persons Persons gives; what is not set does not restrict.
  struct Filter {
    std::optional<Status> status;
    std::string contains;  ///< in username, e-mail address, phone, first or last name
    bool deleted = false;  ///< the deleted ones that are not purged, instead of the live ones
    uint64_t after = 0;    ///< ids above it
    int limit = 100;
  };
  /// By id, without password hashes.
  static std::vector<Person> Persons(Session& session, const Filter& filter);

  /// One group of things and how many there are.
  struct Count {
    std::string name;
    uint64_t count = 0;
  };
  /// Live persons of each status, none left out, and "deleted".
  static std::vector<Count> PersonsByStatus(Session& session);
  /// Live credentials by "dialect kind".
  static std::vector<Count> Credentials(Session& session, Time now);

  /// Which throttled subjects Throttled counts: those of limits whose name ends with `kind_suffix`.
  struct ThrottleLimit {
    std::string_view kind_suffix;
    int most = 0;
    std::chrono::seconds window{0};
  };
  static uint64_t Throttled(Session& session, const ThrottleLimit& limit, Time now);

  /// Host name and version of the server that answers: "db1, 10.11.19-MariaDB".
  static std::string Server(Session& session);
};

}  // namespace rosterd::db
