#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/person.h"
#include "directory/hash_slots.h"

namespace rosterd::directory {

/// True when `hash` is written in a form that Passwords::Verify knows: argon2, crypt(3) ($2a$ $2b$
/// $2y$ $1$ $5$ $6$ $y$), or 32 hex digits of md5.
bool IsKnownHashForm(std::string_view hash);

/// Hashes and verifies passwords: argon2id for new ones (libsodium), imported forms as they are
/// (libxcrypt; md5 forms of cscart and of a site salt through OpenSSL). How many run at once on
/// this host is bounded by `slots`.
class Passwords {
 public:
  enum class Verdict {
    kWrong,
    kRight,
    kRightButWeak,  ///< right, and to be stored anew by Hash
    kNoSlot,        ///< too many hashes are running; nothing was looked at
  };

  Passwords(config::Password settings, HashSlots& slots);

  /// The argon2id hash of a new password; nothing when no slot came free in time.
  std::optional<db::StoredPassword> Hash(std::string_view password) const;

  /// Whether `password` is the one that was stored. An empty stored hash is always wrong. Takes as
  /// long for a wrong password as for a right one; DummyVerify takes as long for nobody at all.
  Verdict Verify(std::string_view password, const db::StoredPassword& stored) const;

  /// Spends the time of a Verify of a current hash, for accounts that do not exist.
  Verdict DummyVerify(std::string_view password) const;

 private:
  config::Password settings_;
  HashSlots& slots_;
  std::string dummy_;
};

}  // namespace rosterd::directory
