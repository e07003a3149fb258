#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "db/time.h"

namespace rosterd::bedita {

/// A date or moment that a client sent.
struct Moment {
  db::Time utc;                      ///< whole seconds
  std::chrono::year_month_day date;  ///< as it was written, whatever its zone
};

/// Reads "2026", "2026-03", "2026-03-01", "2026-03-01T12:08[:02[.5]][Z|+02|+0200|+02:00]" (also
/// with a blank for the T, letters in either case), or Unix seconds; four digits are a year.
/// Without a zone: UTC. Nothing for anything else, for days that do not exist, and for moments
/// outside of the years 1 to 9999. Contract: section 3.2.
std::optional<Moment> ParseMoment(std::string_view text);

/// "2026-03-01 12:08:02", as the store takes it.
std::string ToStored(const Moment& moment);
/// "2026-03-01".
std::string ToStoredDate(const Moment& moment);

/// What the store gave for a DATETIME column, as clients read it: "2026-03-01T12:08:02+00:00".
std::string ToWire(std::string_view stored);

}  // namespace rosterd::bedita
