#include "directory/hash_slots.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace rosterd::directory {

namespace {

using Clock = std::chrono::steady_clock;

// Who was woken and then killed has taken a wake-up with it: the others look by themselves then.
constexpr std::chrono::milliseconds kLongestSleep{20};

timespec OnTheMonotonicClock(Clock::time_point time) {
  const auto since = time.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  return {.tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds(since - seconds).count()};
}

}  // namespace

HashSlots::HashSlots() {
  if (::sem_init(&freed_, /*pshared=*/1, 0) != 0) {
    throw std::system_error(errno, std::generic_category(), "sem_init");
  }
}

int HashSlots::Acquire(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  for (;;) {
    const int slot = TryAcquire();
    if (slot >= 0) return slot;
    const auto now = Clock::now();
    if (now >= deadline) return -1;
    const timespec until = OnTheMonotonicClock(std::min(deadline, now + kLongestSleep));
    ::sem_clockwait(&freed_, CLOCK_MONOTONIC, &until);
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
  Free(static_cast<size_t>(slot), ::getpid());
}

void HashSlots::Free(size_t slot, int holder) {
  if (!holders_.at(slot).compare_exchange_strong(holder, 0)) return;
  int unheard = 0;
  // Where nobody waits, one wake-up is kept for whoever comes next, and no more than that.
  if (::sem_getvalue(&freed_, &unheard) == 0 && unheard <= 0) ::sem_post(&freed_);
}

int HashSlots::InUse() const {
  return static_cast<int>(std::count_if(holders_.begin(), holders_.end(),
                                        [](const auto& holder) { return holder.load() != 0; }));
}

void HashSlots::Reclaim(int pid) {
  for (size_t slot = 0; slot < holders_.size(); ++slot) Free(slot, pid);
}

}  // namespace rosterd::directory
