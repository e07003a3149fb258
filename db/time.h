#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rosterd::db {

/// A moment in UTC with microseconds, as every DATETIME(6) column of ours holds it.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-22 08:00:00.000000", the form that the database takes and gives.
std::string ToSql(Time time);

/// Reads what the database gives for a DATETIME or DATETIME(6); nothing for anything else, the zero
/// date included.
std::optional<Time> FromSql(std::string_view text);

/// Now, by the system's clock.
Time Now();

}  // namespace rosterd::db
