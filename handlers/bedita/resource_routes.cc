#include "handlers/bedita/resource_routes.h"

#include "handlers/bedita/related.h"
#include "handlers/bedita/roles.h"
#include "handlers/bedita/trash.h"
#include "handlers/bedita/users.h"

namespace rosterd::bedita {
namespace {

using Effect = WriteRelated::Effect;

void AddUsers(RouteTable& routes, const Services& services) {
  const auto& users = db::bedita::Users();
  routes.Add("GET", "users", Access::kRead, kNoBody, ListUsers(services));
  routes.Add("POST", "users", Access::kWrite, kUserBody, CreateUser(services));
  routes.Add("DELETE", "users", Access::kWrite, kNoBody, DeleteUsers(services));
  routes.Add("GET", "users/{id}", Access::kRead, kNoBody, GetUser(services));
  routes.Add("PATCH", "users/{id}", Access::kWrite, kUserBody, UpdateUser(services));
  routes.Add("DELETE", "users/{id}", Access::kWrite, kNoBody, DeleteUsers(services));

  routes.Add("GET", "users/{id}/roles", Access::kRead, kNoBody,
             ListRelated(services, users, /*identifiers=*/false));
  routes.Add("GET", "users/{id}/relationships/roles", Access::kRead, kNoBody,
             ListRelated(services, users, /*identifiers=*/true));
  routes.Add("POST", "users/{id}/relationships/roles", Access::kWrite, kRoleIds,
             WriteRelated(services, users, Effect::kAdd));
  routes.Add("PATCH", "users/{id}/relationships/roles", Access::kWrite, kRoleIds,
             WriteRelated(services, users, Effect::kReplace));
  routes.Add("DELETE", "users/{id}/relationships/roles", Access::kWrite, kRoleIds,
             WriteRelated(services, users, Effect::kRemove));
}

void AddRoles(RouteTable& routes, const Services& services) {
  const auto& roles = db::bedita::Roles();
  routes.Add("GET", "roles", Access::kRead, kNoBody, ListRoles(services));
  routes.Add("POST", "roles", Access::kWrite, kRoleBody, CreateRole(services));
  routes.Add("DELETE", "roles", Access::kWrite, kNoBody, DeleteRoles(services));
  routes.Add("GET", "roles/{id}", Access::kRead, kNoBody, GetRole(services));
  routes.Add("PATCH", "roles/{id}", Access::kWrite, kRoleBody, UpdateRole(services));
  routes.Add("DELETE", "roles/{id}", Access::kWrite, kNoBody, DeleteRoles(services));

  routes.Add("GET", "roles/{id}/users", Access::kRead, kNoBody,
             ListRelated(services, roles, /*identifiers=*/false));
  routes.Add("GET", "roles/{id}/relationships/users", Access::kRead, kNoBody,
             ListRelated(services, roles, /*identifiers=*/true));
  routes.Add("POST", "roles/{id}/relationships/users", Access::kWrite, kUserIds,
             WriteRelated(services, roles, Effect::kAdd));
  routes.Add("PATCH", "roles/{id}/relationships/users", Access::kWrite, kUserIds,
             WriteRelated(services, roles, Effect::kReplace));
  routes.Add("DELETE", "roles/{id}/relationships/users", Access::kWrite, kUserIds,
             WriteRelated(services, roles, Effect::kRemove));
}

// Relationships that clients know from elsewhere are not there: conflict C11.
void AddUnknown(RouteTable& routes) {
  routes.Add("GET", "users/{id}/{name}", Access::kRead, kNoBody, RefuseRelationship);
  routes.Add("GET", "roles/{id}/{name}", Access::kRead, kNoBody, RefuseRelationship);
  routes.Add("GET", "users/{id}/relationships/{name}", Access::kRead, kNoBody, RefuseRelationship);
  routes.Add("POST", "users/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
  routes.Add("PATCH", "users/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
  routes.Add("DELETE", "users/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
  routes.Add("GET", "roles/{id}/relationships/{name}", Access::kRead, kNoBody, RefuseRelationship);
  routes.Add("POST", "roles/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
  routes.Add("PATCH", "roles/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
  routes.Add("DELETE", "roles/{id}/relationships/{name}", Access::kWrite, kNoBody,
             RefuseRelationship);
}

void AddTrash(RouteTable& routes, const Services& services) {
  routes.Add("GET", "trash", Access::kRead, kNoBody, ListTrash(services));
  routes.Add("DELETE", "trash", Access::kWrite, kNoBody, PurgeUsers(services));
  routes.Add("GET", "trash/{id}", Access::kRead, kNoBody, GetTrashed(services));
  routes.Add("PATCH", "trash/{id}", Access::kWrite, kAnyBody, RestoreUser(services));
  routes.Add("DELETE", "trash/{id}", Access::kWrite, kNoBody, PurgeUsers(services));
}

}  // namespace

void AddResourceRoutes(RouteTable& routes, const Services& services) {
  AddUsers(routes, services);
  AddRoles(routes, services);
  AddUnknown(routes);
  AddTrash(routes, services);
}

}  // namespace rosterd::bedita
