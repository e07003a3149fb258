#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace rosterd::fcgi {

/// The steady clock in milliseconds: the same in all processes of a machine.
int64_t SteadyMilliseconds();

/// What one worker tells the master. Alone on its cache lines, for it is written at every request.
struct alignas(128) WorkerSlot {
  std::atomic<int32_t> pid{0};  ///< 0 = free
  std::atomic<uint32_t> pool{0};
  std::atomic<bool> ready{false};           ///< has made its application and serves
  std::atomic<bool> wants_rest{false};      ///< has served its requests, or is too big: replace it
  std::atomic<int64_t> busy_since_ms{0};    ///< SteadyMilliseconds, 0 = waiting for a request
  std::atomic<uint32_t> connections{0};     ///< open ones, as of its last round
  std::atomic<bool> resting{false};         ///< streams of its own wait until others had their turn
  std::atomic<uint64_t> resident_bytes{0};  ///< memory, looked at about once a second
  std::atomic<uint64_t> private_bytes{0};   ///< those of it that are no other process's as well

  void BeginWork() { busy_since_ms.store(SteadyMilliseconds(), std::memory_order_relaxed); }
  void EndWork() { busy_since_ms.store(0, std::memory_order_relaxed); }
};

/// The page that the master and its workers share. Lives in a Shared<Scoreboard>.
struct Scoreboard {
  static constexpr size_t kMaxWorkers = 1024;
  static constexpr size_t kMaxPools = 16;

  std::atomic<bool> stopping{false};  ///< all end: nobody takes over what a worker leaves
  std::array<std::atomic<uint64_t>, kMaxPools> restarts{};
  std::atomic<size_t> used{0};  ///< no slot from here on was ever taken
  std::array<WorkerSlot, kMaxWorkers> workers;

  /// How many workers of a pool wait for something to do.
  size_t IdleWorkers(size_t pool) const;
  /// Whether a worker of any other pool is serving a request.
  bool AreOthersAtWork(size_t pool) const;
  /// How many other workers of its pool serve a request, or have streams that rest.
  size_t PeersAtWork(const WorkerSlot& own) const;
  /// How many connections each worker of a pool has when all have as many, rounded up.
  size_t FairShare(size_t pool) const;
};

}  // namespace rosterd::fcgi
