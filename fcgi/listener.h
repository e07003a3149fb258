#pragma once

#include <sys/types.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "fcgi/descriptor.h"
#include "fcgi/notify.h"
#include "fcgi/server.h"

namespace rosterd::fcgi {

/// A socket cannot be had. `what()` is one line: which one, why, and what to do.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The listening socket of one pool, non-blocking: one that systemd handed over, or one bound here,
/// with mode and group as the options say. A socket file that a dead process left is replaced.
class Listener {
 public:
  /// Throws ListenError, for instance when another process listens on the path.
  Listener(const Pool& pool, const ServerOptions& options,
           const std::vector<InheritedSocket>& inherited);

  int Number() const { return descriptor_.Number(); }
  /// The socket's inode, by which the kernel's statistics know it.
  ino_t Inode() const;
  /// True when we have bound it, so that nobody accepts on it after us.
  bool IsOurs() const { return ours_; }
  /// Removes the socket file if it is ours and still the one that we made: nobody new connects.
  void Remove();

 private:
  void Bind(const Pool& pool, const ServerOptions& options);

  Descriptor descriptor_;
  bool ours_ = false;
  std::string path_;  // of our socket file, until it is removed
  dev_t device_ = 0;
  ino_t file_ = 0;
};

}  // namespace rosterd::fcgi
