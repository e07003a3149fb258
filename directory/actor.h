#pragma once

#include <string>

#include "db/ids.h"

namespace rosterd::directory {

/// Who asks for a change, for the audit and the throttle.
struct Actor {
  std::string dialect;  ///< short name of the dialect, or "rosterctl"
  UserId user;          ///< 0 when no person of the directory asks
  std::string
      credential;       ///< what it signed in with, without secrets: "key:17", "token:9", "os:root"
  std::string address;  ///< REMOTE_ADDR, empty for the tool
  std::string request_id;
};

}  // namespace rosterd::directory
