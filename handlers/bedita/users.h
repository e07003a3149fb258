#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// GET /users — a page of users; with `id` and `roles` in the query the roles of one.
/// Contract: 9.2, 12.
class ListUsers {
 public:
  explicit ListUsers(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /users/{id} — one user, by id or unique name. 404. Contract: 9.3.
class GetUser {
 public:
  explicit GetUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /users — a new user: 201 with its resource. 400 with all broken rules. Contract: 9.1.
class CreateUser {
 public:
  explicit CreateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /users/{id} — changes what was sent. 404, 409, 400, 403. Contract: 9.4, 8.7.
class UpdateUser {
 public:
  explicit UpdateUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /users/{id}, DELETE /users?ids= — into the trash, all or nothing. Contract: 9.5.
class DeleteUsers {
 public:
  explicit DeleteUsers(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
