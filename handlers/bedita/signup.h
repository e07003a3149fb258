#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// POST /signup: a new user, and a mail with the link that activates it. 202; 400 `Invalid data`,
/// `User "x" already registered`; 429. Contract: section 13.1.
class SignUp {
 public:
  explicit SignUp(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /signup/activation: the user of that link may sign in. 204; 400 without a uuid, 404, 409
/// `User already active`. Contract: section 13.2.
class Activate {
 public:
  explicit Activate(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
