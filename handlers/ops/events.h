#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::ops {

/// Rounds of housekeeping, as counters of the metrics.
inline constexpr std::string_view kSweepsDone = R"(rosterd_housekeeping_total{result="done"})";
inline constexpr std::string_view kSweepsFailed = R"(rosterd_housekeeping_total{result="failed"})";

/// The counters of all events that the program tells of, to be shown at 0 before they happen.
std::vector<std::string> Events();

/// Counts what went wrong with the database: rosterd_database_faults_total{kind}.
void CountFaults(const db::Faults& faults, const std::function<void(std::string_view)>& count);

}  // namespace rosterd::ops
