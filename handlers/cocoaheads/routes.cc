#include "handlers/cocoaheads/routes.h"

#include <chrono>
#include <string>

#include "config/log.h"
#include "db/cocoaheads/client_store.h"
#include "directory/picture_files.h"
#include "handlers/cocoaheads/clients.h"
#include "handlers/cocoaheads/create_user.h"
#include "handlers/cocoaheads/gate.h"
#include "handlers/cocoaheads/sign_in.h"
#include "handlers/cocoaheads/users.h"

namespace rosterd::cocoaheads {
namespace {

// In the canonical spelling; see address.h for the others. An {id} is always one's own.
fcgi::Router<Route> Routes(const Services& services) {
  fcgi::Router<Route> routes;
  routes.Add("POST", "/users", {.handler = CreateUser(services), .open = true});
  routes.Add("GET", "/users/{id}", {.handler = GetUser(services)});
  routes.Add("HEAD", "/users/{id}", {.handler = GetUser(services)});
  routes.Add("PATCH", "/users/{id}", {.handler = UpdateUser(services)});
  routes.Add("POST", "/users/clients", {.handler = RegisterClient(services)});
  routes.Add("DELETE", "/users/clients/{id}", {.handler = RemoveClient(services)});
  routes.Add("POST", "/users/auth", {.handler = SignInUser(services), .open = true});
  return routes;
}

void LogUnwritable(const fcgi::Request& request, const directory::PictureError& error) {
  Log(Priority::kError,
      "id=" + request.request_id + " a photo cannot be stored: " + error.what() +
          "; rosterd's account must be able to write in the folder server.photo_directory, and its "
          "disk needs room");
}

class Cocoaheads final : public Dialect {
 public:
  explicit Cocoaheads(const Services& services)
      : gate_(services, Routes(services), Facade(services)) {}

  fcgi::Response Handle(const fcgi::Request& request) override {
    try {
      return gate_(request);
    } catch (const directory::PictureError& error) {
      LogUnwritable(request, error);
      return Failed(request, 503);
    }
  }

  fcgi::Response Failed(const fcgi::Request& request, int status) override {
    constexpr std::chrono::seconds kWait{5};
    const bool passes = status == 429 || status == 503;
    return gate_.Refuse(request, passes ? Problem::Later(status, kWait) : Problem::Plain(status));
  }

  std::vector<fcgi::RouteLine> RouteLines() const override { return gate_.RouteLines(); }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeCocoaheads(const Services& services) {
  return std::make_unique<Cocoaheads>(services);
}

void ErasePerson(db::Session& session, UserId id) {
  db::cocoaheads::ClientStore::Erase(session, id);
}

}  // namespace rosterd::cocoaheads
