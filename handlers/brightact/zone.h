#pragma once

#include <string>

#include "db/time.h"

namespace date {
class time_zone;
}

namespace rosterd::brightact {

/// The zone in which times are shown. Contract: section 5, B16.
class Zone {
 public:
  /// Takes a name of the tz database; throws std::runtime_error for an unknown one.
  explicit Zone(const std::string& name);

  /// "2026-03-02 09:15:00", whole seconds, by the clock of the zone.
  std::string Show(db::Time time) const;

 private:
  const date::time_zone* zone_ = nullptr;  ///< of the process's tz database, for ever; null = UTC
};

}  // namespace rosterd::brightact
