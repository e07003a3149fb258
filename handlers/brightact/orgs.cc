#include "handlers/brightact/orgs.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "db/brightact/org_store.h"
#include "handlers/brightact/array_answer.h"
#include "handlers/brightact/delete_user.h"
#include "handlers/brightact/field_reader.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {
namespace {

using db::brightact::Org;
using db::brightact::OrgStore;
using directory::Outcome;
using directory::Persons;
using directory::Refusal;
using OrgArray = ArrayAnswer<Org>;

Result<std::string, Problem> ReadName(const Call& call, const Services& services) {
  constexpr FieldName kName{"name", "Name"};
  constexpr size_t kLimit = 255;
  const auto body = ReadBody(call.request, services.settings.brightact.max_body);
  if (!body) return body.error();
  // A PUT, too, has to bring it.
  FieldReader reader(*body, Purpose::kCreate);
  auto name = reader.RequiredText(kName, kLimit);
  if (!name) return Problem::OfFields(reader.Errors());
  return *std::move(name);
}

Result<Org, Problem> FindOrg(const Call& call, db::Connection& connection) {
  using Found = std::optional<Org>;
  const auto org = connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return OrgStore::Find(session, call.id);
  });
  if (!org) return ToProblem(org.error());
  if (!*org) return Problem::Of(404);
  return **org;
}

/// How the audit names an organisation, and what changed about it.
std::string AuditFields(uint64_t id, std::string_view what) {
  return "org:" + std::to_string(id) + "," + std::string(what);
}

fcgi::Response ToResponse(const Org& org, const Zone& zone) {
  JsonWriter json;
  WriteOrg(json, org, zone);
  return JsonResponse(200, json.Take());
}

}  // namespace

Answer CreateOrg::operator()(const Call& call) const {
  const auto name = ReadName(call, services_);
  if (!name) return name.error();
  const auto id = services_.connection.Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    const uint64_t added = OrgStore::Insert(session, *name, db::Now());
    Persons::Audit(session, call.ToActor(), "org.create", {}, AuditFields(added, "name"));
    return added;
  });
  if (!id) return ToProblem(id.error());
  return JsonResponse(200, NewId(*id));
}

Answer GetOrg::operator()(const Call& call) const {
  const auto org = FindOrg(call, services_.connection);
  if (!org) return org.error();
  return ToResponse(*org, zone_);
}

Answer UpdateOrg::operator()(const Call& call) const {
  if (const auto org = FindOrg(call, services_.connection); !org) return org.error();
  const auto name = ReadName(call, services_);
  if (!name) return name.error();
  const auto renamed = services_.connection.Transaction([&](db::Session& session) -> Outcome<Org> {
    auto org = OrgStore::Find(session, call.id, OrgStore::Lock::kOwn);
    if (!org) return Refusal::Kind::kNotFound;
    org->name = *name;
    org->updated_at = db::Now();
    OrgStore::Rename(session, org->id, org->name, org->updated_at);
    Persons::Audit(session, call.ToActor(), "org.update", {}, AuditFields(org->id, "name"));
    return *std::move(org);
  });
  if (!renamed) return ToProblem(renamed.error());
  return ToResponse(*renamed, zone_);
}

Answer DeleteOrg::operator()(const Call& call) const {
  using Done = std::monostate;
  const auto deleted = services_.connection.Transaction([&](db::Session& session) -> Outcome<Done> {
    if (!OrgStore::Find(session, call.id, OrgStore::Lock::kOwn)) return Refusal::Kind::kNotFound;
    const uint64_t members = OrgStore::ReleaseMembers(session, call.id);
    OrgStore::Remove(session, call.id);
    Persons::Audit(session, call.ToActor(), "org.delete", {},
                   AuditFields(call.id, "members:" + std::to_string(members)));
    return Done();
  });
  if (!deleted) return ToProblem(deleted.error());
  return Success();
}

Answer ListOrgs::operator()(const Call&) const {
  const auto fetch = [&connection = services_.connection](uint64_t after) {
    return connection.Read([&](db::Session& session) -> db::StoreResult<std::vector<Org>> {
      return OrgStore::List(session, after, OrgArray::kBatch);
    });
  };
  return OrgArray::Make(
      fetch, [](const Org& org) { return org.id; },
      [zone = zone_](JsonWriter& json, const Org& org) { WriteOrg(json, org, zone); });
}

}  // namespace rosterd::brightact
