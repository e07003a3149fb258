#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "db/result.h"
#include "directory/epoch.h"
#include "fcgi/request.h"
#include "handlers/cocoaheads/call.h"
#include "handlers/cocoaheads/problem.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// Tells who asks. Contract: sections 2 and 3.
class Authenticator {
 public:
  explicit Authenticator(Services services)
      : services_(std::move(services)), cache_(services_.epoch) {}

  /// True when the request brings one of the application tokens, or none is asked for.
  bool KnowsApplication(const fcgi::Request& request) const;

  /// The owner of the token in the request's headers; 401 without one.
  Result<Caller, Problem> operator()(const fcgi::Request& request) const;
  /// The owner of a token: one statement, over the primary key alone while the token is
  /// remembered. 401 when it is unknown or ended, or its owner may not sign in.
  Result<Caller, Problem> OwnerOf(std::string_view token) const;

 private:
  /// Whom a token lets in, until something of it changes.
  struct Owner {
    UserId id;
    uint64_t credential = 0;
  };

  Result<Caller, Problem> Remembered(const Owner& owner) const;
  Result<Caller, Problem> LookedUp(const std::string& digest) const;
  Problem Refused() const;
  bool HasIdled(const db::cocoaheads::Login& login, db::Time now) const;
  void Touch(const db::cocoaheads::Login& login, db::Time now) const;

  Services services_;
  mutable directory::CredentialCache<Owner> cache_;
};

/// A new token: 32 random bytes in 43 characters.
std::string MakeToken();

/// What a new token of a person is stored as; the oldest one goes when there are too many.
directory::Credentials::Request TokenRequest(const config::Cocoaheads& settings, UserId user);

}  // namespace rosterd::cocoaheads
