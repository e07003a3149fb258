#pragma once

#include <string_view>

namespace rosterd::cscart {

/// Kinds of this dialect's credentials beside the API key ("key").
inline constexpr std::string_view kTokenKind = "token";         ///< of /auth_tokens
inline constexpr std::string_view kLoginKeyKind = "login_key";  ///< of /auth, for one use

}  // namespace rosterd::cscart
