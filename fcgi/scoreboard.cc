#include "fcgi/scoreboard.h"

#include <algorithm>

namespace rosterd::fcgi {

int64_t SteadyMilliseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

size_t Scoreboard::IdleWorkers(size_t pool) const {
  const auto* const end = workers.begin() + used.load(std::memory_order_relaxed);
  return static_cast<size_t>(std::count_if(workers.begin(), end, [&](const WorkerSlot& slot) {
    return slot.pool == pool && slot.pid != 0 && slot.busy_since_ms == 0;
  }));
}

bool Scoreboard::AreOthersAtWork(size_t pool) const {
  const auto* const end = workers.begin() + used.load(std::memory_order_relaxed);
  return std::any_of(workers.begin(), end, [&](const WorkerSlot& slot) {
    return slot.pool != pool && slot.pid != 0 && slot.busy_since_ms != 0;
  });
}

size_t Scoreboard::PeersAtWork(const WorkerSlot& own) const {
  const auto* const end = workers.begin() + used.load(std::memory_order_relaxed);
  return static_cast<size_t>(std::count_if(workers.begin(), end, [&](const WorkerSlot& slot) {
    if (&slot == &own || slot.pool != own.pool || slot.pid == 0) return false;
    return slot.resting || slot.busy_since_ms != 0;
  }));
}

size_t Scoreboard::FairShare(size_t pool) const {
  const auto* const end = workers.begin() + used.load(std::memory_order_relaxed);
  size_t connections = 0;
  size_t count = 0;
  for (const auto* slot = workers.begin(); slot != end; ++slot) {
    if (slot->pool != pool || slot->pid == 0 || !slot->ready) continue;
    connections += slot->connections.load(std::memory_order_relaxed);
    ++count;
  }
  return count == 0 ? 0 : (connections + count - 1) / count;
}

}  // namespace rosterd::fcgi
