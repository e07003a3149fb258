#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "fcgi/descriptor.h"
#include "fcgi/handover.h"
#include "fcgi/helpers.h"
#include "fcgi/listener.h"
#include "fcgi/scoreboard.h"
#include "fcgi/server.h"

namespace rosterd::fcgi {

/// Keeps the pools at their strength: starts, replaces and ends the workers, and tells systemd.
class Master {
 public:
  /// `listeners` are those of `options.pools`, in their order.
  Master(ServerOptions options, const ServerHooks& hooks, Metrics& metrics,
         std::vector<Listener>& listeners, Scoreboard& scoreboard);

  /// Works until TERM, INT or QUIT came and the last worker has ended. A second one kills the
  /// workers that are still busy.
  void Run();

 private:
  using Clock = std::chrono::steady_clock;

  struct Worker {
    pid_t pid;
    size_t pool;
    WorkerSlot* slot;
    uint64_t generation;  // of the settings that it runs with
    Clock::time_point started;
    bool leaving = false;
    Clock::time_point kill_at = Clock::time_point::max();
  };
  struct PoolState {
    Handover handover;
    std::chrono::milliseconds pause{0};  // before a replacement, grows while workers die young
    Clock::time_point next_start;
  };
  /// How a pool stands, for the decisions of Tend().
  struct Strength {
    size_t present = 0;  // not leaving
    size_t ready = 0;
    Worker* worn = nullptr;  // the oldest that should be replaced
    Worker* newest = nullptr;
  };

  void Wait();
  void HandleSignals();
  void LeaveToChild();
  void Reload();
  void Renew();
  void Adopt(const ServerOptions& fresh);
  void Stop();
  void Reap();
  void Bury(const Worker& worker, int status);
  void KillStuck();
  Strength StrengthOf(size_t pool);
  void Tend(size_t pool);
  void Start(size_t pool);
  void Dismiss(Worker& worker) const;
  WorkerSlot* FreeSlot();
  bool IsWorn(const Worker& worker) const;
  void Report();
  std::string Status();

  ServerOptions options_;
  const ServerHooks& hooks_;
  Metrics& metrics_;
  std::vector<Listener>& listeners_;
  Scoreboard& scoreboard_;
  std::vector<PoolState> pools_;
  std::vector<Worker> workers_;
  Helpers helpers_;
  Descriptor signals_;
  Descriptor wake_;
  uint64_t generation_ = 1;
  bool told_ready_ = false;
  Clock::time_point next_status_;
  Clock::time_point next_watchdog_;
  std::chrono::microseconds watchdog_;
  std::string last_status_;
};

}  // namespace rosterd::fcgi
