#include "handlers/cscart/routes.h"

#include "db/cscart/account_columns.h"
#include "handlers/cscart/auth_tokens.h"
#include "handlers/cscart/create_user.h"
#include "handlers/cscart/delete_user.h"
#include "handlers/cscart/gate.h"
#include "handlers/cscart/login_key.h"
#include "handlers/cscart/route_table.h"
#include "handlers/cscart/small.h"
#include "handlers/cscart/stores.h"
#include "handlers/cscart/update_user.h"
#include "handlers/cscart/usergroup_links.h"
#include "handlers/cscart/usergroups.h"
#include "handlers/cscart/users_get.h"
#include "handlers/cscart/users_list.h"

namespace rosterd::cscart {
namespace {

// Each path that starts with "users" also exists behind /stores/{cid} and /vendors/{cid}.
RouteTable Routes(const Services& services) {
  RouteTable routes;
  routes.Add("GET", "users", ListUsers(services));
  routes.Add("POST", "users", CreateUser(services));
  routes.Add("GET", "users/{id}", GetUser(services));
  routes.Add("PUT", "users/{id}", UpdateUser(services));
  routes.Add("DELETE", "users/{id}", DeleteUser(services));

  routes.Add("GET", "users/{id}/usergroups", ListUsergroupLinks(services));
  routes.Add("POST", "users/{id}/usergroups", RefuseUsergroupLink);
  routes.Add("GET", "users/{id}/usergroups/{gid}", RefuseUsergroupLink);
  routes.Add("POST", "users/{id}/usergroups/{gid}", RefuseUsergroupLink);
  routes.Add("PUT", "users/{id}/usergroups/{gid}", SetUsergroupLink(services));
  routes.Add("DELETE", "users/{id}/usergroups/{gid}", RemoveUsergroupLink(services));

  routes.Add("GET", "usergroups", ListUsergroups(services));
  routes.Add("POST", "usergroups", CreateUsergroup(services));
  routes.Add("GET", "usergroups/{id}", GetUsergroup(services));
  routes.Add("PUT", "usergroups/{id}", UpdateUsergroup(services));
  routes.Add("DELETE", "usergroups/{id}", DeleteUsergroup(services));

  routes.Add("POST", "auth", CreateLoginKey(services));
  routes.Add("POST", "auth_tokens", CreateAuthToken(services));

  routes.Add("GET", "stores", ListStores(services, "stores"));
  routes.Add("GET", "stores/{id}", GetStore(services));
  routes.Add("GET", "vendors", ListStores(services, "vendors"));
  routes.Add("GET", "vendors/{id}", GetStore(services));

  routes.Add("GET", "version", GetVersion);
  routes.Add("GET", "versions", ListVersions);
  return routes;
}

class Cscart final : public Dialect {
 public:
  explicit Cscart(const Services& services) : gate_(services, Routes(services)) {}

  fcgi::Response Handle(const fcgi::Request& request) override { return gate_(request); }

  fcgi::Response Failed(const fcgi::Request&, int status) override {
    const bool passes = status == 429 || status == 503;
    return ToResponse(passes ? Problem::Later(status, std::chrono::seconds(1))
                             : Problem::Plain(status));
  }

  std::vector<fcgi::RouteLine> RouteLines() const override { return gate_.RouteLines(); }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<Dialect> MakeCscart(const Services& services) {
  return std::make_unique<Cscart>(services);
}

void ErasePerson(db::Session& session, UserId id) {
  db::cscart::AccountColumnStore::Erase(session, id);
}

}  // namespace rosterd::cscart
