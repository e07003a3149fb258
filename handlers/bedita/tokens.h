#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/ids.h"
#include "db/result.h"
#include "db/time.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/jwt.h"
#include "handlers/bedita/session_tokens.h"

namespace rosterd::bedita {

/// What a token of ours says. Contract: section 6.1.
struct Token {
  enum class Kind { kAccess, kRenew };
  Kind kind = Kind::kAccess;
  uint64_t application = 0;  ///< 0 = none
  UserId user;               ///< 0 = of the application alone
  uint64_t session = 0;      ///< credential that it hangs on; 0 for tokens from before a migration
  int64_t issued_at = 0;     ///< Unix seconds
  int64_t expires_at = 0;    ///< 0 = never
};

enum class TokenFault {
  kBad,      ///< no token, another signature or algorithm, not valid yet; a renew token too old
  kExpired,  ///< an access token of ours, but too old
};

/// Writes and reads the tokens of this dialect.
class Tokens {
 public:
  /// The secret of the settings, or one made of the server's key. Throws std::runtime_error when
  /// the algorithm cannot use it.
  Tokens(const config::Bedita& settings, const std::string& server_key);

  /// The two tokens of a session (0 = none) of this caller, who may be nobody, and application.
  TokenPair Issue(const std::string& base, const Caller& caller, const Application& application,
                  db::Time now) const;
  Result<Token, TokenFault> Read(const std::string& text, db::Time now) const;

 private:
  Jwt jwt_;
  std::chrono::seconds access_life_;
  std::chrono::seconds renew_life_;
};

/// The token of "Bearer <token>"; nothing for other schemes and without a header.
std::optional<std::string> BearerToken(std::optional<std::string_view> authorization);

}  // namespace rosterd::bedita
