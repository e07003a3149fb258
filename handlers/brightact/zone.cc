#include "handlers/brightact/zone.h"

// g++ 12 has no std::chrono::time_zone; this is the library that the standard took it from. The
// zone of the C library would be the whole process's.
#include <date/tz.h>

#include <chrono>

namespace rosterd::brightact {

Zone::Zone(const std::string& name) : zone_(name == "UTC" ? nullptr : date::locate_zone(name)) {}

std::string Zone::Show(db::Time time) const {
  constexpr size_t kWholeSeconds = 19;
  if (zone_ == nullptr) return db::ToSql(time).substr(0, kWholeSeconds);
  const auto offset = zone_->get_info(time).offset;
  return db::ToSql(time + offset).substr(0, kWholeSeconds);
}

}  // namespace rosterd::brightact
