#include "handlers/brightact/routes.h"

#include "db/brightact/account_columns.h"
#include "handlers/brightact/create_user.h"
#include "handlers/brightact/delete_user.h"
#include "handlers/brightact/gate.h"
#include "handlers/brightact/get_user.h"
#include "handlers/brightact/list_users.h"
#include "handlers/brightact/orgs.h"
#include "handlers/brightact/reset_password.h"
#include "handlers/brightact/update_user.h"

namespace rosterd::brightact {
namespace {

// Singular and plural are different things. Every path may end with ".json".
Routes AllRoutes(const Services& services) {
  const Zone zone(services.settings.brightact.timezone);
  const ResetPassword reset(services);
  Routes routes;
  routes.Add("POST", "/api/v1/user", {Right::kAdmin, CreateUser(services)});
  routes.Add("GET", "/api/v1/user/{uid}", {Right::kOwnOrAdmin, GetUser(services, zone)});
  routes.Add("PUT", "/api/v1/user/{uid}", {Right::kOwnOrAdmin, UpdateUser(services, zone)});
  routes.Add("DELETE", "/api/v1/user/{uid}", {Right::kAdminNotOnSelf, DeleteUser(services)});
  routes.Add("GET", "/api/v1/users", {Right::kAdmin, ListUsers(services, zone)});
  routes.Add("GET", "/api/v1/resetUserPassword/{uid}", {Right::kOwnOrAdmin, reset});
  routes.Add("POST", "/api/v1/resetUserPassword/{uid}", {Right::kOwnOrAdmin, reset});

  routes.Add("POST", "/api/v1/org", {Right::kAdmin, CreateOrg(services)});
  routes.Add("GET", "/api/v1/org/{oid}", {Right::kAdmin, GetOrg(services, zone)});
  routes.Add("PUT", "/api/v1/org/{oid}", {Right::kAdmin, UpdateOrg(services, zone)});
  routes.Add("DELETE", "/api/v1/org/{oid}", {Right::kAdmin, DeleteOrg(services)});
  routes.Add("GET", "/api/v1/orgs", {Right::kAdmin, ListOrgs(services, zone)});
  return routes;
}

class Brightact final : public Dialect {
 public:
  explicit Brightact(const Services& services) : gate_(services, AllRoutes(services)) {}

  fcgi::Response Handle(const fcgi::Request& request) override { return gate_(request); }

  fcgi::Response Failed(const fcgi::Request&, int status) override {
    const bool passes = status == 429 || status == 503;
    return ToResponse(passes ? Problem::Later(status, std::chrono::seconds(1))
                             : Problem::Of(status));
  }

  // The key is in the query. A reset by GET and the lists are not quick.
  bool IsQuick(const fcgi::Request& request) const override {
    return request.method == "GET" && request.raw_path.find("/user/") != std::string::npos;
  }

  std::vector<fcgi::RouteLine> RouteLines() const override { return gate_.RouteLines(); }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeBrightact(const Services& services) {
  return std::make_unique<Brightact>(services);
}

void ErasePerson(db::Session& session, UserId id) {
  db::brightact::AccountColumnStore::Erase(session, id);
}

}  // namespace rosterd::brightact
