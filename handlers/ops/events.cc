#include "handlers/ops/events.h"

#include <cstdint>

#include "directory/mailer.h"

namespace rosterd::ops {
namespace {

constexpr std::string_view kUnavailable = R"(rosterd_database_faults_total{kind="unavailable"})";
constexpr std::string_view kLost = R"(rosterd_database_faults_total{kind="lost"})";
constexpr std::string_view kRepeated = R"(rosterd_database_faults_total{kind="repeated"})";

}  // namespace

std::vector<std::string> Events() {
  std::vector<std::string> events;
  for (const std::string_view event :
       {kUnavailable, kLost, kRepeated, kSweepsDone, kSweepsFailed}) {
    events.emplace_back(event);
  }
  for (const std::string_view event : directory::Mailer::kEvents) events.emplace_back(event);
  for (const std::string_view dialect :
       {"cscart", "bedita", "brightact", "cocoaheads", "timeslot"}) {
    events.push_back("rosterd_sign_in_failures_total{dialect=\"" + std::string(dialect) + "\"}");
  }
  return events;
}

void CountFaults(const db::Faults& faults, const std::function<void(std::string_view)>& count) {
  for (uint64_t i = 0; i < faults.unavailable; ++i) count(kUnavailable);
  for (uint64_t i = 0; i < faults.lost; ++i) count(kLost);
  for (uint64_t i = 0; i < faults.repeated; ++i) count(kRepeated);
}

}  // namespace rosterd::ops
