#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "db/store_error.h"

namespace rosterd::db {

/// What to do about a failure before its unit of work may be tried again.
enum class Remedy {
  kNone,       ///< the connection is fine, another attempt would fail alike
  kRepeat,     ///< another attempt may well succeed: deadlock, lock wait, certification
  kReconnect,  ///< the connection is lost; repeat once on a fresh one
  kNextHost,   ///< this host cannot serve; repeat once on the next one
  kDrop,       ///< the connection is lost, and another attempt would only add to the load
  kBug,        ///< a mistake of ours in SQL or schema
};

/// How a failed call to the database leaves a unit of work. Inside db/ only: Connection turns it
/// into a StoreError, the migrator into a line for the operator.
class Failure final : public std::exception {
 public:
  Failure(StoreError error, Remedy remedy, unsigned code, std::string message)
      : error_(error), remedy_(remedy), code_(code), message_(std::move(message)) {}

  StoreError Error() const { return error_; }
  Remedy Cure() const { return remedy_; }
  /// The server's error number; 0 when the server could not be asked.
  unsigned Code() const { return code_; }
  /// The server's text. It may hold values: not for the log.
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  StoreError error_;
  Remedy remedy_;
  unsigned code_;
  std::string message_;
};

/// What the server's error number means to us; for 1062 the index named in the message decides.
Failure Classify(unsigned code, std::string message);

}  // namespace rosterd::db
