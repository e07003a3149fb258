#include "handlers/timeslot/use_limit.h"

#include <chrono>
#include <string>

namespace rosterd::timeslot {

directory::Throttle::Limit HourlyLimit(std::string_view what, std::string_view subject, int most) {
  return {std::string(what), std::string(subject), most, std::chrono::hours{1}};
}

directory::Outcome<std::monostate> CountUse(db::Session& session,
                                            const directory::Throttle& throttle,
                                            const std::vector<directory::Throttle::Limit>& limits) {
  if (const auto wait = throttle.Locked(session, limits)) {
    directory::Refusal refusal = directory::Refusal::Kind::kThrottled;
    refusal.retry_after = *wait;
    return refusal;
  }
  throttle.Fail(session, limits);
  return std::monostate();
}

}  // namespace rosterd::timeslot
