#include "fcgi/master.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <optional>
#include <system_error>
#include <utility>

#include "config/log.h"
#include "fcgi/notify.h"
#include "fcgi/signals.h"
#include "fcgi/worker.h"

namespace rosterd::fcgi {
namespace {

constexpr std::chrono::milliseconds kHeartbeat{1000};
constexpr std::chrono::seconds kYoung{5};
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{5000};
// Beyond request_timeout, so that a request which ends just in time is not cut off.
constexpr std::chrono::milliseconds kStuckGrace{1000};

std::string HowItEnded(int status) {
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Master::Master(ServerOptions options, const ServerHooks& hooks, Metrics& metrics,
               std::vector<Listener>& listeners, Scoreboard& scoreboard)
    : options_(std::move(options)),
      hooks_(hooks),
      metrics_(metrics),
      listeners_(listeners),
      scoreboard_(scoreboard),
      pools_(options_.pools.size()),
      helpers_(hooks.helpers, [this] { LeaveToChild(); }),
      signals_(WatchSignals({SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGCHLD})),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      watchdog_(WatchdogInterval()) {
  if (!signals_.IsOpen() || !wake_.IsOpen()) {
    throw std::system_error(errno, std::generic_category(), "cannot watch signals");
  }
}

void Master::Run() {
  while (!scoreboard_.stopping || !workers_.empty() || helpers_.AnyRuns()) {
    if (!scoreboard_.stopping) {
      for (size_t pool = 0; pool < pools_.size(); ++pool) Tend(pool);
      helpers_.Tend();
    }
    Report();
    Wait();
    HandleSignals();
    Reap();
    helpers_.Reap();
    KillStuck();
    helpers_.KillLate();
  }
}

// What a helper process must not keep open: the sockets, and what wakes the master.
void Master::LeaveToChild() {
  signals_ = Descriptor();
  wake_ = Descriptor();
  listeners_.clear();
  pools_.clear();
}

void Master::Wait() {
  auto until = Clock::now() + kHeartbeat;
  for (const PoolState& pool : pools_) {
    if (pool.next_start > Clock::now()) until = std::min(until, pool.next_start);
  }
  for (const Worker& worker : workers_) until = std::min(until, worker.kill_at);
  until = std::min(until, helpers_.NextStep());
  if (watchdog_.count() > 0) until = std::min(until, next_watchdog_);

  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  std::array<pollfd, 2> watched = {pollfd{signals_.Number(), POLLIN, 0},
                                   pollfd{wake_.Number(), POLLIN, 0}};
  ::poll(watched.data(), watched.size(), static_cast<int>(std::max<int64_t>(left.count(), 0)));
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t size = ::read(wake_.Number(), &count, sizeof count);
}

void Master::HandleSignals() {
  signalfd_siginfo signal{};
  while (::read(signals_.Number(), &signal, sizeof signal) == sizeof signal) {
    if (signal.ssi_signo == SIGHUP) Reload();
    if (signal.ssi_signo == SIGTERM || signal.ssi_signo == SIGINT || signal.ssi_signo == SIGQUIT) {
      Stop();
    }
  }
}

void Master::Reload() {
  if (scoreboard_.stopping) return;
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch());
  Notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count()));
  told_ready_ = false;
  if (!hooks_.reload) {
    Renew();
    return;
  }
  const std::optional<ServerOptions> fresh = hooks_.reload();
  if (!fresh) {
    Log(Priority::kWarning, "reload: the settings stay as they were, and so do the workers");
    return;
  }
  Adopt(*fresh);
  Renew();
  Log(Priority::kNotice, "reload: replacing the workers one by one");
}

// Everybody makes way for a successor with the new settings.
void Master::Renew() {
  ++generation_;
  helpers_.Dismiss(Clock::now() + options_.request_timeout + options_.drain_timeout);
}

// Sockets and the number of pools cannot change under a running server.
void Master::Adopt(const ServerOptions& fresh) {
  std::vector<Pool> pools = std::move(options_.pools);
  options_ = fresh;
  for (Pool& pool : pools) {
    const auto same = std::find_if(fresh.pools.begin(), fresh.pools.end(),
                                   [&](const Pool& other) { return other.name == pool.name; });
    if (same != fresh.pools.end()) pool.workers = std::max(same->workers, 1);
  }
  options_.pools = std::move(pools);
}

void Master::Stop() {
  const bool again = scoreboard_.stopping.exchange(true);
  if (!again) {
    Notify("STOPPING=1");
    Log(Priority::kNotice, "stopping after the requests in progress");
    for (Listener& listener : listeners_) listener.Remove();
  }
  const auto deadline = Clock::now() + (again ? std::chrono::seconds(0) : options_.drain_timeout);
  helpers_.Dismiss(deadline);
  for (Worker& worker : workers_) {
    ::kill(worker.pid, SIGTERM);
    worker.leaving = true;
    worker.kill_at = std::min(worker.kill_at, deadline);
  }
}

void Master::Reap() {
  // Each by its pid: the program may have children of its own.
  for (size_t i = workers_.size(); i-- > 0;) {
    int status = 0;
    if (::waitpid(workers_[i].pid, &status, WNOHANG) != workers_[i].pid) continue;
    const Worker ended = workers_[i];
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
    Bury(ended, status);
  }
}

void Master::Bury(const Worker& worker, int status) {
  worker.slot->pid = 0;
  if (hooks_.worker_ended) hooks_.worker_ended(worker.pid);
  const bool clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!clean || !worker.leaving) {
    Log(Priority::kWarning, "worker " + std::to_string(worker.pid) + " of pool " +
                                options_.pools[worker.pool].name + " " + HowItEnded(status));
  }
  if (worker.leaving) return;

  ++scoreboard_.restarts[worker.pool];
  PoolState& pool = pools_[worker.pool];
  const auto now = Clock::now();
  if (now - worker.started >= kYoung) {
    pool.pause = std::chrono::milliseconds(0);
  } else if (pool.next_start <= now) {  // Those that die together count once.
    pool.pause = std::clamp(2 * pool.pause, kFirstPause, kLongestPause);
    pool.next_start = now + pool.pause;
  }
}

void Master::KillStuck() {
  const auto longest = std::chrono::milliseconds(options_.request_timeout) + kStuckGrace;
  const int64_t now_ms = SteadyMilliseconds();
  for (Worker& worker : workers_) {
    const int64_t since = worker.slot->busy_since_ms;
    const bool stuck = since != 0 && now_ms - since > longest.count();
    if (!stuck && Clock::now() < worker.kill_at) continue;
    Log(Priority::kWarning,
        "worker " + std::to_string(worker.pid) + " of pool " + options_.pools[worker.pool].name +
            (stuck ? " is stuck in one request" : " does not end") + ": killed");
    ::kill(worker.pid, SIGKILL);
    worker.kill_at = Clock::now() + kHeartbeat;
    worker.slot->busy_since_ms = 0;
  }
}

bool Master::IsWorn(const Worker& worker) const {
  return worker.generation != generation_ || worker.slot->wants_rest;
}

Master::Strength Master::StrengthOf(size_t pool) {
  Strength strength;
  for (Worker& worker : workers_) {
    if (worker.pool != pool || worker.leaving) continue;
    ++strength.present;
    if (worker.slot->ready) ++strength.ready;
    if (strength.worn == nullptr && IsWorn(worker)) strength.worn = &worker;
    strength.newest = &worker;
  }
  return strength;
}

// One step towards the right number of workers, none of them worn: a new one is up before the one
// that it replaces leaves.
void Master::Tend(size_t pool) {
  const auto wanted = static_cast<size_t>(std::max(options_.pools[pool].workers, 1));
  Strength strength = StrengthOf(pool);
  const bool may_start = Clock::now() >= pools_[pool].next_start;
  for (; may_start && strength.present < wanted; ++strength.present) Start(pool);
  if (strength.ready < strength.present || strength.present < wanted) return;

  strength = StrengthOf(pool);
  if (strength.present > wanted) {
    Dismiss(strength.worn != nullptr ? *strength.worn : *strength.newest);
  } else if (strength.worn != nullptr && may_start) {
    Start(pool);
  }
}

void Master::Start(size_t pool) {
  WorkerSlot* const slot = FreeSlot();
  if (slot == nullptr) return;
  slot->pool = static_cast<uint32_t>(pool);
  slot->ready = false;
  slot->wants_rest = false;
  slot->resident_bytes = 0;
  slot->private_bytes = 0;
  slot->connections = 0;
  slot->BeginWork();  // Until it is ready: one that hangs on its way is replaced, too.

  const pid_t master = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    signals_ = Descriptor();
    // Not exit(): what the program around us registered for its end is the master's to run.
    ::_exit(RunWorker({.options = options_,
                       .hooks = hooks_,
                       .metrics = metrics_,
                       .listener = listeners_[pool],
                       .handover = pools_[pool].handover,
                       .scoreboard = scoreboard_,
                       .slot = *slot,
                       .wake_master = wake_.Number(),
                       .master = master}));
  }
  if (pid < 0) {
    Log(Priority::kError, "cannot start a worker: " + std::generic_category().message(errno));
    slot->EndWork();
    pools_[pool].next_start = Clock::now() + kHeartbeat;
    return;
  }
  slot->pid = pid;
  const auto place = static_cast<size_t>(slot - scoreboard_.workers.data());
  scoreboard_.used = std::max(scoreboard_.used.load(), place + 1);
  workers_.push_back(
      {.pid = pid, .pool = pool, .slot = slot, .generation = generation_, .started = Clock::now()});
}

void Master::Dismiss(Worker& worker) const {
  worker.leaving = true;
  worker.kill_at = Clock::now() + options_.request_timeout + options_.drain_timeout;
  ::kill(worker.pid, SIGTERM);
}

WorkerSlot* Master::FreeSlot() {
  auto* const free = std::find_if(scoreboard_.workers.begin(), scoreboard_.workers.end(),
                                  [](const WorkerSlot& slot) { return slot.pid == 0; });
  return free == scoreboard_.workers.end() ? nullptr : &*free;
}

std::string Master::Status() {
  std::string text;
  for (size_t pool = 0; pool < pools_.size(); ++pool) {
    if (!text.empty()) text += ", ";
    text += options_.pools[pool].name + ' ' + std::to_string(StrengthOf(pool).ready) + '/' +
            std::to_string(options_.pools[pool].workers);
  }
  if (hooks_.status) {
    if (const std::string more = hooks_.status(); !more.empty()) text += "; " + more;
  }
  return text;
}

void Master::Report() {
  const auto now = Clock::now();
  if (watchdog_.count() > 0 && now >= next_watchdog_) {
    Notify("WATCHDOG=1");
    next_watchdog_ = now + watchdog_;
  }
  if (!told_ready_ && !scoreboard_.stopping) {
    bool ready = true;
    for (size_t pool = 0; pool < pools_.size(); ++pool) {
      const Strength strength = StrengthOf(pool);
      ready = ready && strength.ready > 0 && strength.worn == nullptr;
    }
    if (ready) Notify("READY=1");
    told_ready_ = ready;
  }
  if (now < next_status_) return;
  next_status_ = now + kHeartbeat;
  const std::string status = Status();
  if (status != last_status_) Notify("STATUS=" + status);
  last_status_ = status;
}

}  // namespace rosterd::fcgi
