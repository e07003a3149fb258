#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "db/bedita/record_store.h"
#include "db/bedita/role_store.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/id_list.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/role_fields.h"
#include "handlers/bedita/roles.h"
#include "handlers/bedita/single.h"

namespace rosterd::bedita {
namespace {

using db::bedita::RoleRow;
using db::bedita::RoleStore;
using directory::Outcome;
using directory::Persons;

/// What a unit of work decided: a value, or the reason why nothing was done.
template <typename T>
using Decision = Result<T, Problem>;

std::string AuditText(uint64_t role) { return "role " + std::to_string(role); }

bool IsTaken(db::Session& session, std::string_view name, uint64_t self) {
  const auto other = RoleStore::LockByName(session, name);
  return other && other->id != self;
}

/// Runs a unit of work on roles and tells the workers afterwards; a refusal rolls it back.
template <typename T, typename Work>
Decision<T> Run(const Services& services, const Work& work) {
  Problem reason;
  const auto outcome = services.connection.Transaction([&](db::Session& session) -> Outcome<T> {
    Decision<T> decision = work(session);
    if (decision) return *std::move(decision);
    reason = decision.error();
    return directory::Refusal(directory::Refusal::Kind::kByDialect);
  });
  if (outcome) {
    services.persons.RightsChanged();
    return *outcome;
  }
  if (outcome.error() == directory::Refusal::Kind::kByDialect) return reason;
  return ToProblem(outcome.error(), "roles");
}

Decision<RoleRow> LockForChange(db::Session& session, const Call& call, uint64_t id) {
  const auto roles = RoleStore::Lock(session, {id});
  if (roles.empty()) return Problem::NoRecord("roles");
  if (!MayHandleRole(call.caller, roles.front().priority)) return Problem::InsufficientPriority();
  return roles.front();
}

Decision<std::monostate> Update(db::Session& session, const Call& call, uint64_t id) {
  const auto role = LockForChange(session, call, id);
  if (!role) return role.error();
  const auto fields = ReadRoleFields(call.body.attributes, role->name);
  if (!fields) return fields.error();
  RoleRow changed = *role;
  if (fields->name) changed.name = *fields->name;
  if (fields->description) changed.description = *fields->description;
  if (changed.name == role->name && changed.description == role->description) {
    return std::monostate();
  }
  if (changed.name != role->name && IsTaken(session, changed.name, id)) return RoleNameTaken();
  RoleStore::Update(session, changed, db::Now());
  Persons::Audit(session, call.ToActor(), "role.update", {}, AuditText(id));
  return std::monostate();
}

Decision<std::monostate> Delete(db::Session& session, const Call& call,
                                const std::vector<uint64_t>& ids) {
  for (const RoleRow& role : RoleStore::Lock(session, ids)) {
    if (role.id == kAdminRole) return Problem::Protected("Role", role.id);
    if (!MayHandleRole(call.caller, role.priority)) return Problem::InsufficientPriority();
    RoleStore::Delete(session, role.id);
    Persons::Audit(session, call.ToActor(), "role.delete", {}, AuditText(role.id));
  }
  return std::monostate();
}

}  // namespace

Answer CreateRole::operator()(const Call& call) const {
  if (const auto query = ReadIncludes(call, db::bedita::Roles()); !query) return query.error();
  const auto fields = ReadRoleFields(call.body.attributes, /*stored_name=*/"");
  if (!fields) return fields.error();
  RoleRow role;
  role.name = *fields->name;
  role.description = fields->description.value_or(std::nullopt);
  const auto id = Run<uint64_t>(services_, [&](db::Session& session) -> Decision<uint64_t> {
    if (IsTaken(session, role.name, 0)) return RoleNameTaken();
    const uint64_t made = RoleStore::Insert(session, role, db::Now());
    Persons::Audit(session, call.ToActor(), "role.create", {}, AuditText(made));
    return made;
  });
  if (!id) return id.error();
  Single single{db::bedita::Roles()};
  single.ident.id = *id;
  single.status = 201;
  single.location = call.base + "/roles/" + std::to_string(*id);
  return ShowSingle(services_, call, single);
}

Answer UpdateRole::operator()(const Call& call) const {
  if (const auto query = ReadIncludes(call, db::bedita::Roles()); !query) return query.error();
  const auto target = PathOrBulk(services_, call, db::bedita::Roles());
  if (!target) return target.error();
  const uint64_t id = target->ids.front();
  if (!call.body.IsAbout(id)) return Problem::IdsDiffer();
  const auto updated = Run<std::monostate>(
      services_, [&](db::Session& session) { return Update(session, call, id); });
  if (!updated) return updated.error();
  Single single{db::bedita::Roles()};
  single.ident.id = id;
  return ShowSingle(services_, call, single);
}

Answer DeleteRoles::operator()(const Call& call) const {
  const auto targets = PathOrBulk(services_, call, db::bedita::Roles());
  if (!targets) return targets.error();
  const auto deleted = Run<std::monostate>(
      services_, [&](db::Session& session) { return Delete(session, call, targets->ids); });
  if (!deleted) return deleted.error();
  return EmptyResponse();
}

}  // namespace rosterd::bedita
