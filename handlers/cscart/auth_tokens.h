#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// POST /auth_tokens — a token for an e-mail address with its password, or for a login key of /auth
/// (`ekey`), which is used up. The same token is given again until it expires.
///
/// Errors: 400 for a missing field, 404 for a wrong pair or key and for accounts that may not sign
/// in, 429 after too many failures, 503 when too many passwords are being hashed.
/// Contract: section 16.
class CreateAuthToken {
 public:
  explicit CreateAuthToken(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Answer ByPassword(const Call& call, const std::string& email, const std::string& password) const;
  Answer ByLoginKey(const Call& call, const std::string& key) const;

  Services services_;
};

}  // namespace rosterd::cscart
