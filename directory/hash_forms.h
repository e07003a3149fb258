#pragma once

#include <string_view>

#include "db/person.h"

namespace rosterd::directory {

/// The ways in which a stored password may be written.
enum class HashForm {
  kUnknown,  ///< nothing matches it
  kArgon2,   ///< $argon2id$… and $argon2i$…
  kCrypt,    ///< crypt(3): $2a$ $2b$ $2y$ $1$ $5$ $6$ $y$
  kMd5,      ///< 32 hex digits
};

/// Decides by the whole text, not by its beginning alone: a password that only begins like a hash
/// is none.
HashForm FormOf(std::string_view hash);

/// Whether a hash asks for more time or memory than a sign-in may spend, as only a hostile import
/// does.
bool CostsTooMuch(std::string_view hash);

/// Whether `password` belongs to a crypt(3) hash. Passwords with NUL, and of 512 bytes or more,
/// never do; bcrypt ignores what comes after 72 bytes.
bool MatchesCrypt(std::string_view password, std::string_view hash);

/// Whether `password` belongs to an md5 hash: md5(password); with a salt md5(md5(password) +
/// md5(salt)); and, without one, md5(site_salt + password) when there is a site salt. Digests
/// inside are lower-case hex.
bool MatchesMd5(std::string_view password, const db::StoredPassword& stored,
                std::string_view site_salt);

}  // namespace rosterd::directory
