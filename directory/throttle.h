#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"

namespace rosterd::directory {

/// Limits of failures in a window, kept in the database so that all workers and hosts share them
/// and a restart forgets nothing (DESIGN.md section 2, rule 9). A subject is stored as its SHA-256.
class Throttle {
 public:
  /// One thing to be limited: `kind` names the limit ("cscart.sign_in.account"), `subject` who it
  /// is about (an e-mail address in lower case, an IP address).
  struct Limit {
    std::string kind;
    std::string subject;
    int most = 0;  ///< failures in the window before it locks; 0 or less = no limit
    std::chrono::seconds window{0};
  };

  explicit Throttle(bool enabled) : enabled_(enabled) {}

  struct Standing {
    std::optional<std::chrono::seconds> locked;  ///< how long the first locked limit stays locked
    bool first_has_failures = false;             ///< the first limit of all; what Forget forgets
  };
  /// How it stands with these limits, in one statement; nothing is locked when the throttle is
  /// switched off.
  Standing Look(db::Session& session, const std::vector<Limit>& limits) const;
  /// Standing::locked alone.
  std::optional<std::chrono::seconds> Locked(db::Session& session,
                                             const std::vector<Limit>& limits) const {
    return Look(session, limits).locked;
  }
  /// Counts a failure for each.
  void Fail(db::Session& session, const std::vector<Limit>& limits) const;
  /// Forgets the failures of one limit (a good sign-in of the account).
  void Forget(db::Session& session, const Limit& limit) const;

 private:
  bool enabled_;
};

/// The two limits of a sign-in of one dialect: per account, then per address (none when it is
/// empty).
std::vector<Throttle::Limit> SignInLimits(const config::Throttle& settings,
                                          std::string_view dialect, std::string_view account,
                                          std::string_view address);

}  // namespace rosterd::directory
