#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"
#include "db/credentials.h"
#include "directory/actor.h"
#include "directory/epoch.h"
#include "directory/persons.h"

namespace rosterd::directory {

/// A new credential together with its secret, which is shown once and never stored.
struct Issued {
  uint64_t id = 0;
  std::string secret;
};

/// Makes, finds and ends API keys, tokens and one-time links of all dialects (rules 3, 4 and 6).
/// The functions that take a Session belong into a unit of work of the caller's, which calls
/// Persons::RightsChanged (or CredentialEpoch::Advance) after its commit.
class Credentials {
 public:
  struct Request {
    std::string dialect;
    std::string kind;
    UserId user;
    std::string role;
    std::string label;
    std::optional<std::chrono::seconds> lifetime;
    bool only_one = false;  ///< ends the person's other live ones of this dialect and kind
    int at_most = 0;        ///< ends the person's oldest live ones beyond so many; 0 = no limit
  };

  Credentials(db::Connection& connection, CredentialEpoch& epoch)
      : connection_(connection), epoch_(epoch) {}

  /// Stores SHA-256 of `secret` and audits "<kind>.add" with "<kind>:<id>". kNotFound when the
  /// person is not there or deleted; kBusy, kUnavailable as ever. The static form trusts its
  /// caller, whose unit of work has locked or made the person: under this lock two requests cannot
  /// both leave theirs as the last one.
  Outcome<Issued> Issue(const Actor& actor, const Request& request, std::string secret);
  static uint64_t Issue(db::Session& session, const Actor& actor, const Request& request,
                        std::string_view secret, db::Time now);

  /// Stores an imported crypt(3) hash of a secret; it is replaced by the fast digest at its first
  /// use.
  static uint64_t ImportHash(db::Session& session, const Actor& actor, const Request& request,
                             std::string_view hash, db::Time now);

  /// True when `secret` belongs to `credential`; compares in constant time. crypt(3) forms take
  /// their time.
  static bool Matches(const db::Credential& credential, std::string_view secret);

  /// Ends one credential; kNotFound when it is not there or has ended.
  Outcome<std::monostate> Revoke(const Actor& actor, uint64_t id);

 private:
  db::Connection& connection_;
  CredentialEpoch& epoch_;
};

}  // namespace rosterd::directory
