#pragma once

#include <utility>

#include "db/bedita/attributes.h"
#include "db/bedita/record_store.h"
#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// The roles of a user, or the users of a role, as a list; 404 without such an owner.
Answer ShowRelated(const Services& services, const Call& call, const db::bedita::Resource& owner,
                   const db::bedita::Ident& ident, bool identifiers);

/// GET /users/{id}/roles, /roles/{id}/users and, as identifiers, …/relationships/…. Contract: 11.1,
/// 11.2.
class ListRelated {
 public:
  ListRelated(Services services, const db::bedita::Resource& owner, bool identifiers)
      : services_(std::move(services)), owner_(owner), identifiers_(identifiers) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  const db::bedita::Resource& owner_;
  bool identifiers_;
};

/// POST, PATCH, DELETE …/relationships/roles and /users: adds, replaces, removes. 200 when
/// something changed, 204 when nothing did; 403, 404. Contract: 11.3.
class WriteRelated {
 public:
  enum class Effect { kAdd, kReplace, kRemove };
  WriteRelated(Services services, const db::bedita::Resource& owner, Effect effect)
      : services_(std::move(services)), owner_(owner), effect_(effect) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  const db::bedita::Resource& owner_;
  Effect effect_;
};

/// Every other name behind …/relationships/ or a resource: 404.
Answer RefuseRelationship(const Call& call);

}  // namespace rosterd::bedita
