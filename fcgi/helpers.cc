#include "fcgi/helpers.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "config/log.h"
#include "fcgi/signals.h"

namespace rosterd::fcgi {
namespace {

constexpr std::chrono::seconds kYoung{5};
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{5000};
constexpr std::chrono::seconds kKillAgain{1};

}  // namespace

bool HelperLife::Wait(std::chrono::milliseconds longest) const {
  pollfd ending{ending_.Number(), POLLIN, 0};
  return ::poll(&ending, 1, static_cast<int>(longest.count())) <= 0;
}

Helpers::Helpers(const std::vector<Helper>& helpers, std::function<void()> leave_master)
    : leave_master_(std::move(leave_master)) {
  for (const Helper& helper : helpers) {
    Process process{};
    process.helper = &helper;
    processes_.push_back(process);
  }
}

void Helpers::Tend() {
  for (Process& process : processes_) {
    if (process.pid == 0 && Clock::now() >= process.next_start) Start(process);
  }
}

void Helpers::Start(Process& process) {
  const pid_t master = ::getpid();
  const pid_t pid = ::fork();
  // Not exit(): what the program around us registered for its end is the master's to run.
  if (pid == 0) ::_exit(RunChild(*process.helper, master));
  process.started = Clock::now();
  if (pid < 0) {
    Log(Priority::kError,
        "cannot start the " + process.helper->name + ": " + std::generic_category().message(errno));
    process.next_start = process.started + kLongestPause;
    return;
  }
  process.pid = pid;
  process.leaving = false;
  process.kill_at = Clock::time_point::max();
}

// TERM ends it; INT, HUP and QUIT, which a terminal sends to all of its processes, are the master's
// business and stay blocked.
int Helpers::RunChild(const Helper& helper, pid_t master) const {
  leave_master_();
  const HelperLife life(WatchSignals({SIGTERM}));
  ::prctl(PR_SET_NAME, helper.name.c_str());
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != master) return 0;  // It died before it could be watched.
  try {
    helper.run(life);
  } catch (const std::exception& thrown) {
    Log(Priority::kError, "the " + helper.name + " cannot go on: " + thrown.what());
    return 1;
  }
  return 0;
}

void Helpers::Dismiss(Clock::time_point deadline) {
  for (Process& process : processes_) {
    if (process.pid == 0) continue;
    ::kill(process.pid, SIGTERM);
    process.leaving = true;
    process.kill_at = std::min(process.kill_at, deadline);
  }
}

void Helpers::Reap() {
  for (Process& process : processes_) {
    int status = 0;
    if (process.pid == 0 || ::waitpid(process.pid, &status, WNOHANG) != process.pid) continue;
    Bury(process, status);
  }
}

void Helpers::Bury(Process& process, int status) {
  process.pid = 0;
  if (process.leaving) return;
  const std::string how = WIFSIGNALED(status)
                              ? "was ended by signal " + std::to_string(WTERMSIG(status))
                              : "ended with status " + std::to_string(WEXITSTATUS(status));
  Log(Priority::kWarning, "the " + process.helper->name + " " + how + " and is started again");
  const auto now = Clock::now();
  const bool was_young = now - process.started < kYoung;
  process.pause = was_young ? std::clamp(2 * process.pause, kFirstPause, kLongestPause)
                            : std::chrono::milliseconds(0);
  process.next_start = now + process.pause;
}

void Helpers::KillLate() {
  for (Process& process : processes_) {
    if (process.pid == 0 || Clock::now() < process.kill_at) continue;
    Log(Priority::kWarning, "the " + process.helper->name + " does not end: killed");
    ::kill(process.pid, SIGKILL);
    process.kill_at = Clock::now() + kKillAgain;
  }
}

bool Helpers::AnyRuns() const {
  return std::any_of(processes_.begin(), processes_.end(),
                     [](const Process& process) { return process.pid != 0; });
}

Helpers::Clock::time_point Helpers::NextStep() const {
  const auto now = Clock::now();
  auto next = Clock::time_point::max();
  for (const Process& process : processes_) {
    const auto step = process.pid == 0 ? process.next_start : process.kill_at;
    if (step > now) next = std::min(next, step);
  }
  return next;
}

}  // namespace rosterd::fcgi
