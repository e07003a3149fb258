#pragma once

#include "fcgi/descriptor.h"

namespace rosterd::fcgi {

/// Where the workers of one pool pass open connections on to each other. A worker that ends must
/// not close a kept connection: the web server may be about to send a request on it, and would fail
/// a POST. Made before the fork; the connections in it wait for the next worker that has time.
class Handover {
 public:
  /// Throws std::system_error when there is no descriptor left.
  Handover();

  /// Passes on a copy of the connection; the caller closes its own. False when there is no room
  /// now.
  bool Give(int connection) const;
  /// The next connection, or a closed descriptor when there is none.
  Descriptor Take() const;
  /// Readable when there is something to take.
  int Readable() const { return taker_.Number(); }

 private:
  Descriptor giver_;
  Descriptor taker_;
};

}  // namespace rosterd::fcgi
