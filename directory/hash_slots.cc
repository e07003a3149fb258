#include "directory/hash_slots.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace rosterd::directory {

namespace {

constexpr std::chrono::microseconds kFirstWait{500};
constexpr std::chrono::microseconds kLongestWait{4000};

}  // namespace

int HashSlots::Acquire(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::chrono::microseconds wait = kFirstWait;
  for (;;) {
    const int slot = TryAcquire();
    if (slot >= 0) return slot;
    if (std::chrono::steady_clock::now() >= deadline) return -1;
    // A hash takes tens of milliseconds, so polling costs nothing beside it, and no process that is
    // killed can lose a wake-up of the others.
    std::this_thread::sleep_for(wait);
    wait = std::min(wait * 2, kLongestWait);
  }
}

int HashSlots::TryAcquire() {
  const int pid = ::getpid();
  const int limit = std::clamp(limit_.load(), 1, kMost);
  for (int slot = 0; slot < limit; ++slot) {
    int nobody = 0;
    if (holders_.at(static_cast<size_t>(slot)).compare_exchange_strong(nobody, pid)) return slot;
  }
  return -1;
}

void HashSlots::Release(int slot) {
  if (slot < 0) return;
  int holder = ::getpid();
  holders_.at(static_cast<size_t>(slot)).compare_exchange_strong(holder, 0);
}

int HashSlots::InUse() const {
  return static_cast<int>(std::count_if(holders_.begin(), holders_.end(),
                                        [](const auto& holder) { return holder.load() != 0; }));
}

void HashSlots::Reclaim(int pid) {
  for (std::atomic<int>& slot : holders_) {
    int holder = pid;
    slot.compare_exchange_strong(holder, 0);
  }
}

}  // namespace rosterd::directory
