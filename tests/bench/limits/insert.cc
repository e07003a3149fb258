// insert CLIENTS SECONDS MYSQL_SOCKET DATABASE: rows a second that the database takes over its C
// API, each in a transaction of its own, into a table like `users` with all its indexes. Prints
// figures as JSON.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/limits/database.h"

namespace {

using Clock = std::chrono::steady_clock;
using Latencies = std::vector<double>;

constexpr std::string_view kInsert =
    "INSERT INTO users (username, email, username_key, email_key, first_name, last_name, "
    "created_at,"
    " updated_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))";

struct Bench {
  std::string socket;
  std::string database;
  std::string run;
  std::atomic<bool> stopped{false};
};

double Microseconds(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

void Insert(const Bench& bench, size_t client, Latencies& latencies) {
  limits::Database database(bench.socket, bench.database);
  MYSQL_STMT* insert = database.Prepare(kInsert);
  for (size_t row = 0; !bench.stopped; ++row) {
    const std::string name =
        "b" + bench.run + "-" + std::to_string(client) + "-" + std::to_string(row);
    const std::string email = name + "@bench.example";
    const auto begun = Clock::now();
    limits::Database::Execute(insert,
                              std::vector<std::string>{name, email, name, email, "Bench", "Mark"});
    latencies.push_back(Microseconds(Clock::now() - begun));
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return 2;
  const size_t clients = std::strtoul(arguments[1], nullptr, 10);
  Bench bench;
  bench.socket = arguments[3];
  bench.database = arguments[4];
  bench.run = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
  mysql_library_init(0, nullptr, nullptr);
  std::vector<Latencies> all(clients);
  std::vector<std::thread> threads;
  const auto begun = Clock::now();
  for (size_t i = 0; i < clients; ++i) threads.emplace_back([&, i] { Insert(bench, i, all[i]); });
  std::this_thread::sleep_for(std::chrono::duration<double>(std::atof(arguments[2])));
  bench.stopped = true;
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
