#include "fcgi/metrics.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>

namespace rosterd::fcgi {
namespace {

constexpr std::string_view kRequests = "rosterd_requests_total";
constexpr std::string_view kOtherEvents = "rosterd_other_events_total";
constexpr std::string_view kDuration = "rosterd_request_duration_seconds";
constexpr std::string_view kDatabase = "rosterd_database_seconds";

constexpr std::array<uint64_t, 14> kBoundsUs = {500,     1000,    2500,    5000,    10000,
                                                25000,   50000,   100000,  250000,  500000,
                                                1000000, 2500000, 5000000, 10000000};
constexpr std::array<std::string_view, 14> kBoundsText = {
    "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05",
    "0.1",    "0.25",  "0.5",    "1",     "2.5",  "5",     "10"};

constexpr uint32_t kFree = 0;
constexpr uint32_t kBeingNamed = 1;
constexpr uint32_t kInUse = 2;

// Cut to 63 bytes without tearing a character apart, quotes and backslashes escaped.
void AppendLabel(std::string& text, std::string_view label, std::string_view value) {
  constexpr size_t kLongest = 63;
  if (value.size() > kLongest) {
    size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    value = value.substr(0, end);
  }
  text += label;
  text += "=\"";
  for (const char letter : value) {
    if (letter == '\n') {
      text += "\\n";
      continue;
    }
    if (letter == '"' || letter == '\\') text += '\\';
    text += letter;
  }
  text += '"';
}

template <typename Entry>
bool IsNamed(const Entry& entry, std::string_view name) {
  return entry.name[name.size()] == '\0' &&
         std::memcmp(entry.name.data(), name.data(), name.size()) == 0;
}

template <typename Entry>
std::string_view NameOf(const Entry& entry) {
  return entry.name.data();
}

// The entry of this name, taken when it is new; null when the table is full. An entry whose namer
// was killed half-way stays unused for ever. Two processes that meet may take one name twice:
// whoever reads the table adds them up.
template <typename Table>
auto FindOrTake(Table& table, std::string_view name) -> typename Table::value_type* {
  using Entry = typename Table::value_type;
  if (name.size() >= Entry::kNameSize) return nullptr;
  const size_t start = std::hash<std::string_view>{}(name) % table.size();
  for (size_t step = 0; step < table.size(); ++step) {
    Entry& entry = table[(start + step) % table.size()];
    uint32_t state = entry.state.load(std::memory_order_acquire);
    if (state == kFree && entry.state.compare_exchange_strong(state, kBeingNamed)) {
      std::copy(name.begin(), name.end(), entry.name.begin());
      entry.state.store(kInUse, std::memory_order_release);
      return &entry;
    }
    if (state == kInUse && IsNamed(entry, name)) return &entry;
  }
  return nullptr;
}

void AppendLine(std::string& text, std::string_view name, std::string_view value) {
  text += name;
  text += ' ';
  text += value;
  text += '\n';
}

void AppendHead(std::string& text, std::string_view metric, std::string_view help,
                std::string_view type) {
  text += "# HELP ";
  AppendLine(text, metric, help);
  text += "# TYPE ";
  AppendLine(text, metric, type);
}

std::string_view Help(std::string_view metric) {
  if (metric == kRequests) return "Requests answered.";
  if (metric == kOtherEvents) return "Events that found no room in the table of counters.";
  if (metric == kDuration) return "Time from the first byte of a request to the end of its answer.";
  if (metric == kDatabase) return "Time that a request spent in the database.";
  return "Events counted by the program.";
}

std::string Seconds(uint64_t us) {
  std::string fraction = std::to_string(us % 1000000);
  return std::to_string(us / 1000000) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

// One histogram as it is printed: entries of one name added up.
struct Sums {
  std::array<uint64_t, kBoundsUs.size() + 1> buckets{};
  uint64_t sum_us = 0;
};

void AppendHistogram(std::string& text, std::string_view metric, std::string_view labels,
                     const Sums& sums) {
  const std::string bucket = std::string(metric) + "_bucket{" + std::string(labels) + ",le=\"";
  uint64_t count = 0;
  for (size_t i = 0; i < kBoundsText.size(); ++i) {
    count += sums.buckets[i];
    AppendLine(text, bucket + std::string(kBoundsText[i]) + "\"}", std::to_string(count));
  }
  count += sums.buckets.back();
  AppendLine(text, bucket + "+Inf\"}", std::to_string(count));
  const std::string plain = '{' + std::string(labels) + '}';
  AppendLine(text, std::string(metric) + "_sum" + plain, Seconds(sums.sum_us));
  AppendLine(text, std::string(metric) + "_count" + plain, std::to_string(count));
}

}  // namespace

std::atomic<uint64_t>& Metrics::CounterNamed(std::string_view name,
                                             std::atomic<uint64_t>& overflow) {
  Counter* const counter = FindOrTake(counters_, name);
  return counter == nullptr ? overflow : counter->count;
}

void Metrics::CountRequest(std::string_view dialect, std::string_view route, int status,
                           std::chrono::microseconds total, std::chrono::microseconds database) {
  std::string name;
  name.reserve(Counter::kNameSize);
  name += kRequests;
  AppendLabel(name, "{dialect", dialect);
  AppendLabel(name, ",route", route);
  AppendLabel(name, ",status", std::to_string(status));
  name += '}';
  CounterNamed(name, other_requests_).fetch_add(1, std::memory_order_relaxed);

  Observe(kDuration, dialect, total);
  Observe(kDatabase, dialect, database);
}

void Metrics::CountEvent(std::string_view name) {
  CounterNamed(name, other_events_).fetch_add(1, std::memory_order_relaxed);
}

void Metrics::AnnounceEvent(std::string_view name) { CounterNamed(name, other_events_); }

void Metrics::Observe(std::string_view metric, std::string_view dialect,
                      std::chrono::microseconds duration) {
  std::string name;
  name.reserve(Histogram::kNameSize);
  name += metric;
  AppendLabel(name, "{dialect", dialect);
  Histogram* histogram = FindOrTake(histograms_, name);
  if (histogram == nullptr) histogram = &other_histograms_[metric == kDuration ? 0 : 1];

  const auto us = static_cast<uint64_t>(std::max<int64_t>(duration.count(), 0));
  const auto* const bound = std::lower_bound(kBoundsUs.begin(), kBoundsUs.end(), us);
  histogram->buckets[static_cast<size_t>(bound - kBoundsUs.begin())].fetch_add(
      1, std::memory_order_relaxed);
  histogram->sum_us.fetch_add(us, std::memory_order_relaxed);
}

void Metrics::WriteCounters(std::string& text) const {
  std::map<std::string, std::map<std::string, uint64_t>> families;
  for (const Counter& counter : counters_) {
    if (counter.state.load(std::memory_order_acquire) != kInUse) continue;
    const std::string_view name = NameOf(counter);
    families[std::string(name.substr(0, name.find('{')))][std::string(name)] += counter.count;
  }
  if (const uint64_t others = other_requests_; others > 0) {
    families[std::string(kRequests)][std::string(kRequests) +
                                     R"({dialect="other",route="other",status="other"})"] += others;
  }
  if (const uint64_t others = other_events_; others > 0) {
    families[std::string(kOtherEvents)][std::string(kOtherEvents)] += others;
  }
  for (const auto& [metric, counters] : families) {
    AppendHead(text, metric, Help(metric), "counter");
    for (const auto& [name, count] : counters) AppendLine(text, name, std::to_string(count));
  }
}

void Metrics::WriteHistograms(std::string& text) const {
  std::map<std::string, std::map<std::string, Sums>> families;
  const auto add = [&](const Histogram& histogram, const std::string& metric,
                       const std::string& labels) {
    Sums& sums = families[metric][labels];
    for (size_t i = 0; i < sums.buckets.size(); ++i) sums.buckets[i] += histogram.buckets[i];
    sums.sum_us += histogram.sum_us;
  };
  for (const Histogram& histogram : histograms_) {
    if (histogram.state.load(std::memory_order_acquire) != kInUse) continue;
    const std::string_view name = NameOf(histogram);
    const size_t brace = name.find('{');
    add(histogram, std::string(name.substr(0, brace)), std::string(name.substr(brace + 1)));
  }
  for (size_t i = 0; i < other_histograms_.size(); ++i) {
    const Histogram& histogram = other_histograms_[i];
    const bool used = std::any_of(histogram.buckets.begin(), histogram.buckets.end(),
                                  [](const auto& bucket) { return bucket > 0; });
    if (used) add(histogram, std::string(i == 0 ? kDuration : kDatabase), R"(dialect="other")");
  }
  for (const auto& [metric, histograms] : families) {
    AppendHead(text, metric, Help(metric), "histogram");
    for (const auto& [labels, sums] : histograms) AppendHistogram(text, metric, labels, sums);
  }
}

std::string Metrics::Text() const {
  std::string text;
  WriteCounters(text);
  WriteHistograms(text);
  return text;
}

}  // namespace rosterd::fcgi
