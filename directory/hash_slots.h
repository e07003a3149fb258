#pragma once

#include <semaphore.h>

#include <array>
#include <atomic>
#include <chrono>

namespace rosterd::directory {

/// How many processes of this host may hash a password at the same time; lives in shared memory. A
/// slot names its holder's pid, so that the master can free it when the holder was killed.
class HashSlots {
 public:
  static constexpr int kMost = 64;

  /// Throws std::system_error.
  HashSlots();

  /// How many may run at once, 1 to kMost. Called by the master before it forks.
  void SetLimit(int limit) { limit_.store(limit); }
  int Limit() const { return limit_.load(); }

  /// Takes a slot for this process, waiting up to `patience`; its number, or -1.
  int Acquire(std::chrono::milliseconds patience);
  void Release(int slot);
  /// How many are taken.
  int InUse() const;
  /// Frees what the dead process held.
  void Reclaim(int pid);

 private:
  int TryAcquire();
  void Free(size_t slot, int holder);

  std::atomic<int> limit_{1};
  std::array<std::atomic<int>, kMost> holders_{};
  sem_t freed_{};  // wakes one of those who wait; it counts no slots
};

}  // namespace rosterd::directory
