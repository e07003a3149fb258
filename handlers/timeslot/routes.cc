#include "handlers/timeslot/routes.h"

#include <chrono>

#include "db/timeslot/profile_store.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/change_friends.h"
#include "handlers/timeslot/gate.h"
#include "handlers/timeslot/media_signature.h"

namespace rosterd::timeslot {
namespace {

RouteTable Routes(const Services& services) {
  const config::Timeslot& settings = services.settings.timeslot;
  RouteTable routes;
  routes.Add("GET", "/v1/media-signature",
             settings.signature_requires_token ? Token::kRequired : Token::kNotRead,
             GetMediaSignature(services));
  routes.Add("POST", "/v1/users/add_friends", Token::kRequired, AddFriends(services));
  routes.Add("POST", "/v1/users/remove_friends", Token::kRequired, RemoveFriends(services));
  return routes;
}

class Timeslot final : public Dialect {
 public:
  explicit Timeslot(const Services& services) : gate_(services, Routes(services)) {}

  fcgi::Response Handle(const fcgi::Request& request) override { return gate_(request); }

  fcgi::Response Failed(const fcgi::Request& request, int status) override {
    constexpr std::chrono::seconds kWait{1};
    Problem problem = Problem::Plain(status);
    if (status == 429) problem = Problem::TooMany(kWait);
    if (status == 503) problem = Problem::Unavailable(kWait);
    return Framed(request, ToResponse(problem), std::chrono::microseconds(0));
  }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeTimeslot(const Services& services) {
  return std::make_unique<Timeslot>(services);
}

void ErasePerson(db::Session& session, UserId id) { db::timeslot::Erase(session, id); }

}  // namespace rosterd::timeslot
