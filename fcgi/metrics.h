#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace rosterd::fcgi {

/// Counters of all workers in shared memory, and their Prometheus text (exposition format 0.0.4).
/// Only lock-free atomics, so that a killed worker leaves it whole. Lives in a Shared<Metrics>.
class Metrics {
 public:
  /// Counts one answered request: rosterd_requests_total{dialect,route,status}, and the histograms
  /// rosterd_request_duration_seconds{dialect} and rosterd_database_seconds{dialect}. Names longer
  /// than 63 bytes are cut; when the table is full, further labels are counted as "other".
  void CountRequest(std::string_view dialect, std::string_view route, int status,
                    std::chrono::microseconds total, std::chrono::microseconds database);

  /// Counts an event of the program's own: `name` is a whole metric with its labels, such as
  /// `rosterd_sign_in_failures_total{dialect="cscart"}`. When the table is full, or the name has
  /// more than 319 bytes, it is counted as rosterd_other_events_total.
  void CountEvent(std::string_view name);

  /// Shows an event at 0 before it happens for the first time: Prometheus takes no notice of the
  /// first step of a counter that it has not seen at 0.
  void AnnounceEvent(std::string_view name);

  /// The counters above as Prometheus text, with HELP and TYPE lines.
  std::string Text() const;

 private:
  static constexpr size_t kSlots = 1024;
  static constexpr size_t kBuckets = 14;
  static constexpr size_t kHistograms = 32;
  struct Counter {
    static constexpr size_t kNameSize = 320;
    std::atomic<uint32_t> state{0};  // 0 free, 1 being named, 2 in use
    std::array<char, kNameSize> name{};
    std::atomic<uint64_t> count{0};
  };
  struct Histogram {
    static constexpr size_t kNameSize = 192;
    std::atomic<uint32_t> state{0};
    std::array<char, kNameSize> name{};
    std::array<std::atomic<uint64_t>, kBuckets + 1> buckets{};  // the last one has no bound
    std::atomic<uint64_t> sum_us{0};
  };

  std::atomic<uint64_t>& CounterNamed(std::string_view name, std::atomic<uint64_t>& overflow);
  void Observe(std::string_view metric, std::string_view dialect,
               std::chrono::microseconds duration);
  void WriteCounters(std::string& text) const;
  void WriteHistograms(std::string& text) const;

  std::array<Counter, kSlots> counters_;
  std::array<Histogram, kHistograms> histograms_;
  // When the tables are full.
  std::atomic<uint64_t> other_requests_{0};
  std::atomic<uint64_t> other_events_{0};
  std::array<Histogram, 2> other_histograms_;
};

}  // namespace rosterd::fcgi
