#include "handlers/bedita/request_limits.h"

#include <chrono>
#include <string>
#include <vector>

#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

using directory::Throttle;

constexpr std::chrono::hours kWindow{1};

std::vector<Throttle::Limit> LimitsOf(const Call& call, std::string_view what,
                                      std::string_view contact) {
  const std::string kind = "bedita." + std::string(what);
  std::vector<Throttle::Limit> limits;
  limits.push_back({kind + ".address", call.request.remote_address,
                    call.Settings().requests_per_address, kWindow});
  if (!contact.empty()) {
    limits.push_back({kind + ".contact", fcgi::AsciiLower(contact),
                      call.Settings().requests_per_contact, kWindow});
  }
  return limits;
}

}  // namespace

std::optional<Problem> CountRequest(const Services& services, const Call& call,
                                    std::string_view what, std::string_view contact) {
  using Lock = std::optional<std::chrono::seconds>;
  const auto limits = LimitsOf(call, what, contact);
  const auto lock =
      services.connection.Transaction([&](db::Session& session) -> db::StoreResult<Lock> {
        const Lock locked = services.throttle.Locked(session, limits);
        if (!locked) services.throttle.Fail(session, limits);
        return locked;
      });
  if (!lock) return ToProblem(lock.error());
  if (*lock) return Problem::Later(429, **lock);
  return std::nullopt;
}

}  // namespace rosterd::bedita
