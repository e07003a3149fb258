#pragma once

#include <chrono>

#include "fcgi/scoreboard.h"

namespace rosterd::fcgi {

/// How many the system has.
int Processors();

/// How the streams of a worker that stands back (Pool::nice) leave room for other pools. A lower
/// priority does so with the worker's own time, but not with what its pieces cost the database and
/// the web server. So where another pool is at work when a piece has been made, all streams of the
/// worker rest for twice as long as the piece took, and longer where several workers of its own
/// pool are at work, so that together they take about a quarter of the processors. Where no other
/// pool is at work they never rest.
class Pacer {
 public:
  using Clock = std::chrono::steady_clock;

  /// `own` is the worker's place on the scoreboard. One that does not stand back never rests.
  Pacer(const Scoreboard& scoreboard, const WorkerSlot& own, bool stands_back,
        int processors = Processors())
      : scoreboard_(scoreboard), own_(own), stands_back_(stands_back), processors_(processors) {}

  /// To be called when a piece of a stream was made and sent.
  void Worked(Clock::time_point start, Clock::time_point end);

  /// How long the streams still rest, in whole milliseconds: what is shorter is not worth a wait.
  /// It adds up over the pieces.
  std::chrono::milliseconds Rest(Clock::time_point now) const;
  bool IsRested(Clock::time_point now) const { return Rest(now).count() == 0; }

 private:
  const Scoreboard& scoreboard_;
  const WorkerSlot& own_;
  bool stands_back_;
  int processors_;
  Clock::time_point rest_until_{};
};

}  // namespace rosterd::fcgi
