#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/cscart/login_store.h"
#include "directory/epoch.h"
#include "fcgi/basic_auth.h"
#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// Tells who asks: Basic with e-mail address and API key, or with a token when customers may sign
/// in. One statement, none at all for what was verified within the last second. Contract:
/// section 5.
class Authenticator {
 public:
  explicit Authenticator(const Services& services) : services_(services), cache_(services.epoch) {}

  /// The caller. 401 for everything that is no valid credential of an active account, 429 for it
  /// once account or address failed too often, 503 without a database.
  Result<Caller, Problem> operator()(const fcgi::Request& request);

 private:
  Result<Caller, Problem> Verify(const fcgi::Request& request, std::string_view header);
  Result<Caller, Problem> ByKey(const fcgi::Request& request, const std::string& email,
                                const std::string& key);
  Result<Caller, Problem> ByToken(const fcgi::Request& request, const std::string& token);
  Result<std::optional<Caller>, Problem> VerifyKey(const std::string& email,
                                                   const std::string& key);
  Result<bool, Problem> Matches(const db::cscart::Login& account, const std::string& key);
  void ReplaceByFastDigest(uint64_t credential, const std::string& key);
  Problem Refuse(const fcgi::Request& request, const std::string& account);

  Services services_;
  directory::CredentialCache<Caller> cache_;
};

}  // namespace rosterd::cscart
