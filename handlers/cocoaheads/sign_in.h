#pragma once

#include <string>
#include <utility>
#include <variant>

#include "db/person.h"
#include "handlers/cocoaheads/call.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// POST /users/auth: a further token for who has a password. Contract: section 8.5.
///
/// Errors: 400 without address or password, and for social sign-in; one 401 for whatever is wrong
/// with the account; 429 after too many failures.
class SignInUser {
 public:
  explicit SignInUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Result<db::Person, Problem> Verify(const Call& call, const std::string& login,
                                     const std::string& password) const;
  Result<std::monostate, Problem> Issue(const Call& call, const db::Person& person,
                                        const std::string& token) const;

  Services services_;
};

}  // namespace rosterd::cocoaheads
