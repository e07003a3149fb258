#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/value.h"

namespace rosterd::bedita {

/// Signs and verifies JSON Web Tokens with one algorithm and one key; a token of any other
/// algorithm
/// (`none` first of all) is never valid. Knows nothing of claims.
class Jwt {
 public:
  /// HS256, HS384 or HS512 with a secret, RS256 with a private key in PEM. Throws
  /// std::runtime_error when the key cannot be used.
  Jwt(std::string_view algorithm, std::string secret);

  /// The token of a JSON object.
  std::string Sign(const std::string& claims) const;
  /// The claims, an object, of a token that was signed with this key; nothing for anything else.
  std::optional<fcgi::Value> Verify(const std::string& token) const;

 private:
  std::string algorithm_;
  std::string signing_key_;
  std::string verifying_key_;
};

}  // namespace rosterd::bedita
