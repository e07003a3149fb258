#include "fcgi/server.h"

#include <sys/resource.h>

#include <csignal>
#include <exception>
#include <stdexcept>
#include <utility>

#include "config/log.h"
#include "fcgi/connection.h"
#include "fcgi/listener.h"
#include "fcgi/master.h"
#include "fcgi/notify.h"
#include "fcgi/pool_metrics.h"
#include "fcgi/scoreboard.h"
#include "fcgi/shared.h"

namespace rosterd::fcgi {
namespace {

// Each kept connection takes a descriptor, and the usual soft limit of 1024 is soon reached.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// After libfcgi, which catches these.
void SetUpSignals() {
  (void)std::signal(SIGPIPE, SIG_IGN);
  (void)std::signal(SIGTERM, SIG_DFL);
  (void)std::signal(SIGUSR1, SIG_DFL);
}

void CheckSizes(const ServerOptions& options) {
  size_t workers = 0;
  for (const Pool& pool : options.pools) workers += static_cast<size_t>(pool.workers);
  // Half of the places are for those that replace others.
  if (options.pools.size() > Scoreboard::kMaxPools || workers > Scoreboard::kMaxWorkers / 2) {
    throw ListenError("at most " + std::to_string(Scoreboard::kMaxPools) + " pools and " +
                      std::to_string(Scoreboard::kMaxWorkers / 2) + " workers are possible");
  }
}

std::vector<Listener> OpenListeners(const ServerOptions& options) {
  const std::vector<InheritedSocket> inherited = TakeInheritedSockets();
  std::vector<Listener> listeners;
  listeners.reserve(options.pools.size());
  try {
    for (const Pool& pool : options.pools) listeners.emplace_back(pool, options, inherited);
  } catch (const ListenError&) {
    for (Listener& listener : listeners) listener.Remove();
    throw;
  }
  return listeners;
}

}  // namespace

int RunServer(ServerOptions options, const ServerHooks& hooks, Metrics& metrics) {
  try {
    CheckSizes(options);
    std::vector<Listener> listeners = OpenListeners(options);
    InitializeFastCgi();
    SetUpSignals();
    RaiseDescriptorLimit();

    const Shared<Scoreboard> scoreboard;
    std::vector<PoolLabel> labels;
    for (size_t i = 0; i < listeners.size(); ++i) {
      labels.push_back({.name = options.pools[i].name, .socket = listeners[i].Inode()});
    }
    PublishPools(&*scoreboard, std::move(labels));
    Master(std::move(options), hooks, metrics, listeners, *scoreboard).Run();
    PublishPools(nullptr, {});
  } catch (const ListenError& error) {
    Log(Priority::kError, error.what());
    return 1;
  }
  return 0;
}

}  // namespace rosterd::fcgi
