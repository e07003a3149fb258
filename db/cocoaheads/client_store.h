#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::cocoaheads {

/// The one device to which a person's pushes go.
struct Client {
  uint64_t id = 0;
  UserId user;
  std::string push_token;
};

/// SQL of table `cocoaheads_clients`.
class ClientStore {
 public:
  static std::optional<Client> OfUser(Session& session, UserId user);
  static std::optional<Client> WithToken(Session& session, std::string_view push_token);
  /// Adds the person's row, or puts the token into the one that is there. A token that another
  /// person's row holds changes nothing, or fails as a duplicate: look at the row afterwards.
  static void Put(Session& session, UserId user, std::string_view push_token, Time now);
  /// False when it is not there.
  static bool Remove(Session& session, uint64_t id);
  static void Erase(Session& session, UserId user);
};

}  // namespace rosterd::db::cocoaheads
