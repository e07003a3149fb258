#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// GET /roles — a page of roles. Contract: 10.2, 12.
class ListRoles {
 public:
  explicit ListRoles(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /roles/{id} — one role, by id or name. 404.
class GetRole {
 public:
  explicit GetRole(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /roles — a new role: 201. 400 for its name.
class CreateRole {
 public:
  explicit CreateRole(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /roles/{id} — name and description. 404, 409, 400, 403.
class UpdateRole {
 public:
  explicit UpdateRole(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /roles/{id}, DELETE /roles?ids= — with the links to users, for good. 403 for role 1.
class DeleteRoles {
 public:
  explicit DeleteRoles(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
