#pragma once

#include <chrono>
#include <cstddef>

#include "fcgi/scoreboard.h"

namespace rosterd::fcgi {

/// How the streams of a worker that stands back (Pool::nice) leave room for other pools. A lower
/// priority does so with the worker's own time, but not with what its pieces cost the database and
/// the web server. So where another pool is at work when a piece has been made, all streams of the
/// worker rest for twice as long as the piece took. Where none is, they never rest.
class Pacer {
 public:
  using Clock = std::chrono::steady_clock;

  /// `pool` is the worker's own, by its number on the scoreboard.
  Pacer(const Scoreboard& scoreboard, size_t pool, bool stands_back)
      : scoreboard_(scoreboard), pool_(pool), stands_back_(stands_back) {}

  /// To be called when a piece of a stream was made and sent.
  void Worked(Clock::time_point start, Clock::time_point end);

  /// How long the streams still rest, in whole milliseconds: what is shorter is not worth a wait.
  /// It adds up over the pieces.
  std::chrono::milliseconds Rest(Clock::time_point now) const;

 private:
  const Scoreboard& scoreboard_;
  size_t pool_;
  bool stands_back_;
  Clock::time_point rest_until_{};
};

}  // namespace rosterd::fcgi
