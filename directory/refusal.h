#pragma once

#include <chrono>
#include <string>

#include "db/store_error.h"

namespace rosterd::directory {

/// Why the directory would not do what it was asked. Handlers turn it into their dialect's words.
struct Refusal {
  enum class Kind {
    kNotFound,  ///< no such person, or it is deleted (for restore: not deleted)
    kUsernameTaken,
    kEmailTaken,
    kTooLong,        ///< a text does not fit its column
    kBadText,        ///< not UTF-8, or a control character where none may be
    kThrottled,      ///< too many failures; `retry_after` says how long
    kWrongPassword,  ///< sign-in: unknown account, no password, or another one
    kNotAllowed,     ///< sign-in: the password is right, but status, block or delete forbid it
    kBusy,           ///< overload or lost races; `retry_after` says how long
    kUnavailable,    ///< no database
    kByDialect,      ///< the caller's own rule refused inside the unit of work; it knows why
  };

  /// kBusy and kUnavailable come with a wait of their own; kThrottled is given one.
  Refusal(Kind what);             // NOLINT(google-explicit-constructor): reads as what it means
  Refusal(db::StoreError error);  // NOLINT(google-explicit-constructor): store errors pass through

  Kind kind;
  std::chrono::seconds retry_after{0};
  bool operator==(Kind other) const { return kind == other; }
};

}  // namespace rosterd::directory
