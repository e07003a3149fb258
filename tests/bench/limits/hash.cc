// hash THREADS SECONDS: password checks a second, argon2id with 19 MiB and two passes, as many at
// once as there are threads. Prints figures as JSON.
#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Latencies = std::vector<double>;

constexpr size_t kMemory = size_t{19} << 20U;
constexpr unsigned long long kPasses = 2;
const std::string kPassword = "bench-password-7";

double Microseconds(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

void Check(const char* hash, Clock::time_point end, Latencies& latencies) {
  for (auto begun = Clock::now(); begun < end; begun = Clock::now()) {
    if (crypto_pwhash_str_verify(hash, kPassword.data(), kPassword.size()) != 0) std::exit(1);
    latencies.push_back(Microseconds(Clock::now() - begun));
  }
}

}  // namespace

int main(int count, char** arguments) {
  char hash[crypto_pwhash_STRBYTES];
  if (count != 3 || sodium_init() < 0) return 2;
  if (crypto_pwhash_str(hash, kPassword.data(), kPassword.size(), kPasses, kMemory) != 0) return 1;
  std::vector<Latencies> all(std::strtoul(arguments[1], nullptr, 10));
  std::vector<std::thread> threads;
  const auto begun = Clock::now();
  const auto end = begun + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(std::atof(arguments[2])));
  for (Latencies& latencies : all) threads.emplace_back([&] { Check(hash, end, latencies); });
  for (std::thread& thread : threads) thread.join();
  const double seconds = Microseconds(Clock::now() - begun) / 1e6;
  Latencies sorted;
  for (const Latencies& each : all) sorted.insert(sorted.end(), each.begin(), each.end());
  if (sorted.empty()) return 1;
  std::sort(sorted.begin(), sorted.end());
  std::printf(R"({"requests": %zu, "seconds": %f, "p50_us": %f, "p99_us": %f, "max_us": %f})"
              "\n",
              sorted.size(), seconds, sorted[sorted.size() / 2], sorted[sorted.size() * 99 / 100],
              sorted.back());
}
