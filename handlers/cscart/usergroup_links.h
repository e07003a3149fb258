#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// GET /users/:id/usergroups — the person's links as an object by group id; 404.
/// Contract: section 15.
class ListUsergroupLinks {
 public:
  explicit ListUsergroupLinks(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// PUT /users/:id/usergroups/:gid — sets the status of a link; F takes the person out of the group.
///
/// Errors: 400 for a missing or unknown status, an unknown or unfitting group, the platform's root,
/// and an administrator's links when the caller is not root; 404 for the person.
/// Contract: section 15.
class SetUsergroupLink {
 public:
  explicit SetUsergroupLink(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /users/:id/usergroups/:gid — as PUT with status F. Contract: section 15.
class RemoveUsergroupLink {
 public:
  explicit RemoveUsergroupLink(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET and POST of one link, and POST of links: 400. Contract: section 15.
Answer RefuseUsergroupLink(const Call& call);

}  // namespace rosterd::cscart
