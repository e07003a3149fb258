#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

namespace rosterd::directory {

/// Counts changes of credentials, statuses and rights on this host; lives in shared memory. A
/// cached verdict counts only while the epoch stands where it stood before the verdict was looked
/// up.
class CredentialEpoch {
 public:
  uint64_t Get() const { return value_.load(std::memory_order_acquire); }
  void Advance() { value_.fetch_add(1, std::memory_order_acq_rel); }

 private:
  std::atomic<uint64_t> value_{1};
};

/// What a worker remembers about a verified credential: less than a second with the time of a
/// look-up (changes made on other hosts, or with rosterctl, show after it), at most until the epoch
/// moves, at most `kEntries`. Failures are never remembered. `Verdict` is the dialect's caller
/// type.
template <typename Verdict>
class CredentialCache {
 public:
  explicit CredentialCache(const CredentialEpoch& epoch) : epoch_(epoch) {}

  /// The verdict stored under `key` (a digest, never the secret), when it still counts.
  const Verdict* Find(const std::string& key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    if (found->second.epoch == epoch_.Get() && Clock::now() < found->second.until)
      return &found->second.verdict;
    entries_.erase(found);
    return nullptr;
  }

  /// To be taken before the credential is looked up, and handed to Store.
  uint64_t Epoch() const { return epoch_.Get(); }

  void Store(const std::string& key, uint64_t epoch, Verdict verdict) {
    if (entries_.size() >= kEntries) entries_.clear();
    entries_.insert_or_assign(key, Entry{std::move(verdict), epoch, Clock::now() + kLifetime});
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr size_t kEntries = 4096;
  static constexpr std::chrono::milliseconds kLifetime{900};
  struct Entry {
    Verdict verdict;
    uint64_t epoch;
    Clock::time_point until;
  };
  const CredentialEpoch& epoch_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace rosterd::directory
