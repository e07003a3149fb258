#pragma once

#include <string>
#include <utility>

#include "directory/epoch.h"
#include "fcgi/request.h"
#include "handlers/brightact/call.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// Finds out whose API key a request brings: query parameter `key`, or X-API-Key without one.
///
/// Errors: 401 for anything but a live key of a person who may sign in, 429 for too many wrong keys
/// from one address, 503 without a database. Contract: section 2.
class Authenticator {
 public:
  explicit Authenticator(Services services)
      : services_(std::move(services)), cache_(services_.epoch) {}

  Result<Caller, Problem> operator()(const fcgi::Request& request);

 private:
  Problem Refuse(const fcgi::Request& request);

  Services services_;
  directory::CredentialCache<Caller> cache_;
};

}  // namespace rosterd::brightact
