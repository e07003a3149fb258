#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// GET /usergroups — all groups but the built-in ones, as an object by id. Contract: section 15.
class ListUsergroups {
 public:
  explicit ListUsergroups(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /usergroups/:id — one group, with its privileges when it is for administrators; 404.
/// Contract: section 15.
class GetUsergroup {
 public:
  explicit GetUsergroup(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /usergroups — 400 for wrong fields, 403 for groups of administrators without
/// manage_admin_usergroups. Contract: section 15.
class CreateUsergroup {
 public:
  explicit CreateUsergroup(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PUT /usergroups/:id — as POST; 404; 400 for built-in groups, and where members would gain rights
/// by it without the root administrator wanting so. Contract: section 15.
class UpdateUsergroup {
 public:
  explicit UpdateUsergroup(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /usergroups/:id — with its links; refusals as for PUT. Contract: section 15.
class DeleteUsergroup {
 public:
  explicit DeleteUsergroup(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
