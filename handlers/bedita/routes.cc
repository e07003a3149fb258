#include "handlers/bedita/routes.h"

#include "db/bedita/role_store.h"
#include "handlers/bedita/auth.h"
#include "handlers/bedita/change.h"
#include "handlers/bedita/gate.h"
#include "handlers/bedita/manager.h"
#include "handlers/bedita/profile.h"
#include "handlers/bedita/resource_routes.h"
#include "handlers/bedita/route_table.h"
#include "handlers/bedita/signup.h"
#include "handlers/bedita/small.h"

namespace rosterd::bedita {
namespace {

void AddSmall(RouteTable& routes, const Services& services) {
  routes.Add("GET", "home", Access::kOpen, kNoBody, Home);
  routes.Add("GET", "status", Access::kStatus, kNoBody, Status(services));
}

void AddAuth(RouteTable& routes, const Services& services) {
  routes.Add("POST", "auth", Access::kSignIn, kFlatBody, GiveTokens(services));
  routes.Add("POST", "auth/optout", Access::kSignIn, kFlatBody, OptOut(services));
  // GET /auth is what the older server called /auth/user.
  routes.Add("GET", "auth", Access::kUser, kNoBody, WhoAmI(services));
  routes.Add("GET", "auth/user", Access::kUser, kNoBody, WhoAmI(services));
  routes.Add("PATCH", "auth/user", Access::kUser, kFlatBody, ChangeProfile(services));
}

// What BEdita Manager calls beside users and roles.
void AddManager(RouteTable& routes) {
  routes.Add("GET", "model/schema/{type}", Access::kOpen, kNoBody, ModelSchema);
  routes.Add("GET", "model/object_types", Access::kOpen, kNoBody, ListObjectTypes);
  routes.Add("GET", "model/object_types/{name}", Access::kOpen, kNoBody, GetObjectType);
  routes.Add("GET", "model/relations", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "model/properties", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "model/categories", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "model/tags", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "config", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "history", Access::kOpen, kNoBody, ListNothing);
  routes.Add("GET", "streams", Access::kOpen, kNoBody, ListNothing);
}

// Accounts of those who are not signed in.
void AddAccounts(RouteTable& routes, const Services& services) {
  routes.Add("POST", "auth/change", Access::kOpen, kFlatBody, RequestChange(services));
  routes.Add("PATCH", "auth/change", Access::kOpen, kFlatBody, ChangePassword(services));
  if (!services.settings.bedita.signup_enabled) return;
  routes.Add("POST", "signup", Access::kOpen, kFlatBody, SignUp(services));
  routes.Add("POST", "signup/activation", Access::kOpen, kFlatBody, Activate(services));
}

RouteTable Routes(const Services& services) {
  RouteTable routes;
  AddSmall(routes, services);
  AddAuth(routes, services);
  AddAccounts(routes, services);
  if (services.settings.bedita.manager_support) AddManager(routes);
  AddResourceRoutes(routes, services);
  return routes;
}

class Bedita final : public Dialect {
 public:
  explicit Bedita(const Services& services) : gate_(services, Routes(services)) {}

  fcgi::Response Handle(const fcgi::Request& request) override { return gate_(request); }

  fcgi::Response Failed(const fcgi::Request& request, int status) override {
    return gate_.Failed(request, status);
  }

  std::vector<fcgi::RouteLine> RouteLines() const override { return gate_.RouteLines(); }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeBedita(const Services& services) {
  return std::make_unique<Bedita>(services);
}

void ErasePerson(db::Session& session, UserId id) {
  db::bedita::UserColumnStore::Erase(session, id);
}

}  // namespace rosterd::bedita
