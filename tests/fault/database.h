#pragma once

#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// A session of somebody else in the stack's database that holds row locks: what needs these rows
/// waits until Release(), or for this object's end.
class RowLock {
 public:
  /// Runs a SELECT … FOR UPDATE; returns when its locks are held.
  RowLock(const Stack& stack, const std::string& select);
  void Release() { client_.reset(); }

  /// Waits until somebody waits for a lock of the stack's database.
  static bool IsWaitedFor(const Stack& stack);
  /// Waits until no transaction is open in the stack's database.
  static bool AllIsQuiet(const Stack& stack);

 private:
  std::unique_ptr<FILE, int (*)(FILE*)> client_;
};

/// The stack's MariaDB as something that can fail. It runs again when this object ends.
class Database {
 public:
  explicit Database(const Stack& stack);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Sends the signal and waits until the server is gone.
  void End(int signal) const;
  /// Starts it with the same command line and waits until it answers. Nothing else is told.
  void Start();

  /// Stops it where it is, so that it takes questions and answers none, and lets it go on.
  void Freeze() const;
  void Thaw() const;

 private:
  const Stack& stack_;
  std::vector<std::string> command_;
  pid_t pid_ = 0;
};

}  // namespace rosterd::testing
