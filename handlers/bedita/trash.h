#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// GET /trash — a page of deleted users, with what all of them have. Contract: 14.1.
class ListTrash {
 public:
  explicit ListTrash(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /trash/{id} — a deleted user, whole. 404 for a live or locked one. Contract: 14.2.
class GetTrashed {
 public:
  explicit GetTrashed(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PATCH /trash/{id} — brings a user back. 404, 409; 400 when somebody has its name.
/// Contract: 14.3.
class RestoreUser {
 public:
  explicit RestoreUser(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /trash/{id}, DELETE /trash?ids= — erases users for good. Contract: 14.4.
class PurgeUsers {
 public:
  explicit PurgeUsers(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
