#pragma once

namespace rosterd::db {

/// Why a store could not do what it was asked.
enum class StoreError {
  kNotFound,
  kDuplicateUsername,  ///< the unique index of usernames refused
  kDuplicateEmail,     ///< the unique index of e-mail addresses refused
  kDuplicate,          ///< another unique index refused
  kTooLong,            ///< a text is longer than its column
  kBadText,            ///< bytes that are not UTF-8, or a value that its column cannot hold
  kBusy,               ///< deadlocks or lock waits, also after three attempts
  kFull,               ///< the server's disk or a table is full
  kUnavailable,        ///< no database answers, or its schema is older than we need
};

}  // namespace rosterd::db
