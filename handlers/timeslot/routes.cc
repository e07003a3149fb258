#include "handlers/timeslot/routes.h"

#include <chrono>

#include "db/timeslot/profile_store.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/change_friends.h"
#include "handlers/timeslot/delete_user.h"
#include "handlers/timeslot/gate.h"
#include "handlers/timeslot/get_user.h"
#include "handlers/timeslot/list_users.h"
#include "handlers/timeslot/media_signature.h"
#include "handlers/timeslot/request_reset.h"
#include "handlers/timeslot/reset_link.h"
#include "handlers/timeslot/set_password.h"
#include "handlers/timeslot/sign_in.h"
#include "handlers/timeslot/sign_out.h"
#include "handlers/timeslot/sign_up.h"
#include "handlers/timeslot/slots.h"
#include "handlers/timeslot/update_user.h"

namespace rosterd::timeslot {
namespace {

RouteTable Routes(const Services& services) {
  using enum Token;
  const config::Timeslot& settings = services.settings.timeslot;
  RouteTable routes;
  routes.Add("POST", "/v1/users", kNotRead, SignUp(services));
  routes.Add("POST", "/v1/users/signin", kNotRead, SignInUser(services));
  routes.Add("GET", "/v1/users/signout", kRequired, SignOut(services));

  routes.Add("GET", "/v1/users", kRequired, ListUsers(services));
  routes.Add("PATCH", "/v1/users", kRequired, UpdateUser(services));
  routes.Add("DELETE", "/v1/users", kRequired, DeleteUser(services));
  routes.Add("GET", "/v1/users/{id}", kRequired, GetUser(services));

  routes.Add("POST", "/v1/users/add_friends", kRequired, AddFriends(services));
  routes.Add("POST", "/v1/users/remove_friends", kRequired, RemoveFriends(services));

  routes.Add("GET", "/v1/users/{id}/slots", kRequired, ListSlots(services));
  routes.Add("GET", "/v1/users/friendslots", kRequired, ListFriendSlots);

  routes.Add("GET", "/v1/media-signature", settings.signature_requires_token ? kRequired : kNotRead,
             GetMediaSignature(services));
  if (settings.reset_mode != "off") {
    routes.Add("POST", "/v1/users/reset", kNotRead, RequestReset(services));
  }
  if (settings.reset_mode == "link") {
    routes.Add("GET", kResetPagePath, kNotRead, ShowPasswordPage(services));
    routes.Add("POST", kResetPagePath, kNotRead, SetPassword(services));
  }
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

  std::vector<fcgi::RouteLine> RouteLines() const override { return gate_.RouteLines(); }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeTimeslot(const Services& services) {
  return std::make_unique<Timeslot>(services);
}

void ErasePerson(db::Session& session, UserId id) { db::timeslot::Erase(session, id); }

}  // namespace rosterd::timeslot
