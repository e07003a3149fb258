#pragma once

#include <cstdint>

namespace rosterd::db {

class Session;

/// What a unit of work changes in the lists of persons: noted while it runs, written just before
/// its commit, so that rows which many writers share are locked for a moment only.
class Changes {
 public:
  /// Lists, or how many they hold, are no longer what they were. Every audited change does this.
  void Note() { noted_ = true; }

  /// Writes what was noted, in the transaction that is about to be committed.
  void Flush(Session& session);
  void Clear() { *this = Changes(); }

  /// Moves with every commit of a noted change, on all hosts, and never comes back to an earlier
  /// value: what was computed from the lists under one version holds until another one is read. To
  /// be exact, what is computed and its version come out of one statement, or the version is read
  /// first.
  static uint64_t Version(Session& session);

 private:
  bool noted_ = false;
};

}  // namespace rosterd::db
