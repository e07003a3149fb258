#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <vector>

#include "fcgi/helper.h"

namespace rosterd::fcgi {

/// The master's view of the helper processes: starts, replaces and ends them.
class Helpers {
 public:
  using Clock = std::chrono::steady_clock;

  /// `leave_master` is called in each child first: it closes what is the master's alone.
  Helpers(const std::vector<Helper>& helpers, std::function<void()> leave_master);

  /// Starts those that do not run and whose pause is over.
  void Tend();
  /// Ends all of them, and kills those that still run at `deadline`. Tend starts them anew.
  void Dismiss(Clock::time_point deadline);
  /// Takes note of those that have ended.
  void Reap();
  void KillLate();

  bool AnyRuns() const;
  /// When there is something to do for Tend or KillLate.
  Clock::time_point NextStep() const;

 private:
  struct Process {
    const Helper* helper;
    pid_t pid = 0;  // 0 = does not run
    bool leaving = false;
    Clock::time_point started;
    Clock::time_point kill_at = Clock::time_point::max();
    std::chrono::milliseconds pause{0};
    Clock::time_point next_start;
  };

  void Start(Process& process);
  static void Bury(Process& process, int status);
  int RunChild(const Helper& helper, pid_t master) const;

  std::function<void()> leave_master_;
  std::vector<Process> processes_;
};

}  // namespace rosterd::fcgi
