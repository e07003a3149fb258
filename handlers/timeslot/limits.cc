#include "handlers/timeslot/limits.h"

#include <chrono>
#include <utility>

namespace rosterd::timeslot {

directory::Throttle::Limit HourlyLimit(std::string_view what, std::string subject, int most) {
  return {"timeslot." + std::string(what), std::move(subject), most, std::chrono::hours(1)};
}

std::optional<Problem> Spend(const Services& services,
                             const std::vector<directory::Throttle::Limit>& limits) {
  using Lock = std::optional<std::chrono::seconds>;
  const auto locked =
      services.connection.Transaction([&](db::Session& session) -> db::StoreResult<Lock> {
        const Lock lock = services.throttle.Locked(session, limits);
        if (!lock) services.throttle.Fail(session, limits);
        return lock;
      });
  if (!locked) return ToProblem(directory::Refusal(locked.error()));
  if (*locked) return Problem::TooMany(**locked);
  return std::nullopt;
}

}  // namespace rosterd::timeslot
