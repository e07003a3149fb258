#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/actor.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/throttle.h"

namespace rosterd::directory {

/// Checks a person's password, whatever the dialect: the throttle first, equal time for nobody,
/// replacement of weak hashes, failures counted. Nothing of it holds a transaction while it hashes.
/// When the person signs in by it, the dialect notes that (PersonStore::TouchLogin) together with
/// what it gives out, for which it looks at the person again.
class SignIn {
 public:
  struct Attempt {
    Actor actor;
    std::string password;
    std::vector<Throttle::Limit>
        limits;                  ///< see SignInLimits; success forgets the first, the account's
    bool allow_pending = false;  ///< bedita's login_draft
  };
  using Finder = std::function<std::optional<db::Person>(db::Session&)>;

  SignIn(db::Connection& connection, const Passwords& passwords, const Throttle& throttle)
      : connection_(connection), passwords_(passwords), throttle_(throttle) {}

  /// The person that `find` gives, when the password is its own and it may sign in. Refusals:
  /// kThrottled (nothing was looked at), kWrongPassword, kNotAllowed, kBusy (no slot to hash),
  /// kUnavailable. Success writes only where there are failures to forget or a hash to replace; a
  /// failure that is counted while the password is looked at stays counted.
  Outcome<db::Person> operator()(const Attempt& attempt, const Finder& find) const;

 private:
  struct Found;

  Outcome<Found> Find(const Attempt& attempt, const Finder& find) const;
  Refusal Fail(const Attempt& attempt) const;
  Outcome<db::Person> Succeed(const Attempt& attempt, const Found& found,
                              const std::optional<db::StoredPassword>& renewed) const;

  db::Connection& connection_;
  const Passwords& passwords_;
  const Throttle& throttle_;
};

}  // namespace rosterd::directory
