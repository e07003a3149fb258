#include "handlers/cscart/usergroups.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/cscart/usergroup_store.h"
#include "handlers/cscart/usergroup_fields.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::Usergroup;
using db::cscart::UsergroupStore;
using directory::Persons;
using directory::Refusal;

/// What a unit of work decided: done with this group id, or why not.
using Decision = Result<uint64_t, Problem>;
using DecisionOutcome = Result<Decision, Refusal>;

Answer ToAnswer(const DecisionOutcome& outcome, fcgi::Response (*respond)(uint64_t)) {
  if (!outcome) return ToProblem(outcome.error());
  if (!*outcome) return outcome->error();
  return respond(**outcome);
}

void WriteGroup(JsonWriter& json, const Usergroup& group) {
  Field(json, "usergroup_id", std::to_string(group.id));
  Field(json, "status", group.status);
  Field(json, "type", group.type);
  Field(json, "usergroup", group.name);
}

std::optional<std::string> Filter(const Call& call, std::string_view name) {
  const fcgi::Value* value = call.query.Find(name);
  if (value == nullptr) return std::nullopt;
  auto text = ScalarText(*value);
  if (!text || text->empty()) return std::nullopt;
  return text;
}

fcgi::Response CreatedResponse(uint64_t id) {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "usergroup_id", id);
  json.EndObject();
  return JsonResponse(201, json.Take());
}

fcgi::Response UpdatedResponse(uint64_t id) {
  JsonWriter json;
  json.StartObject();
  Field(json, "message", "OK");
  NumberField(json, "usergroup_id", id);
  json.EndObject();
  return JsonResponse(200, json.Take());
}

fcgi::Response DeletedResponse(uint64_t /*id*/) { return EmptyResponse(204); }

bool MayTouch(const Caller& caller, const Usergroup& group) {
  return group.type != "A" || caller.May(Privilege::kManageAdminUsergroups);
}

// The group of a change, locked, or why there is none.
Result<Usergroup, Problem> FindForChange(db::Session& session, const Call& call, uint64_t id) {
  if (BuiltInUsergroup(id)) return Problem::Error("built-in groups may not be changed");
  auto group = UsergroupStore::Find(session, id, /*lock=*/true);
  if (!group) return Problem::Plain(404);
  if (!MayTouch(call.caller, *group)) return Problem::Plain(403);
  return std::move(*group);
}

/// A group with the privileges that it carries.
struct Carrier {
  Usergroup group;
  std::vector<std::string> privileges;

  bool Restricts() const { return group.type == "A" && group.status != "D" && !privileges.empty(); }
};

// A group that carries privileges limits its members to them. Only the root administrator may lift
// such a limit, and nobody may widen the one on itself.
std::optional<Problem> RefuseLifting(db::Session& session, const Call& call, const Carrier& before,
                                     const Carrier& after) {
  if (call.caller.IsRoot() || !before.Restricts()) return std::nullopt;
  if (!after.Restricts() && UsergroupStore::HasMembers(session, before.group.id)) {
    return Problem::Error("the group limits administrators who are in it");
  }
  const auto link = UsergroupStore::FindLink(session, call.caller.id, before.group.id);
  if (link && link->status == "A" && LacksAny(call.caller, after.privileges)) {
    return Problem::Error("you may not give yourself privileges");
  }
  return std::nullopt;
}

void Write(db::Session& session, const Carrier& before, const Carrier& after) {
  UsergroupStore::Update(session, after.group);
  if (after.privileges != before.privileges) {
    UsergroupStore::SetPrivileges(session, after.group.id, after.privileges);
  }
  if (after.group.type != before.group.type)
    UsergroupStore::RemoveLinksOfGroup(session, after.group.id);
}

DecisionOutcome Change(db::Session& session, const Call& call, uint64_t id,
                       const UsergroupFields& fields) {
  const auto group = FindForChange(session, call, id);
  if (!group) return Decision(group.error());
  const Carrier before{*group, UsergroupStore::Privileges(session, id)};
  Carrier after = before;
  after.group.status = fields.status;
  after.group.type = fields.type;
  if (fields.name) after.group.name = *fields.name;
  if (fields.privileges) after.privileges = *fields.privileges;
  if (fields.type != "A") after.privileges.clear();

  if (!MayTouch(call.caller, after.group)) return Decision(Problem::Plain(403));
  if (auto problem = RefuseLifting(session, call, before, after))
    return Decision(std::move(*problem));
  Write(session, before, after);
  Persons::Audit(session, call.ToActor(), "group.update", {}, "usergroup " + std::to_string(id));
  return Decision(id);
}

DecisionOutcome Remove(db::Session& session, const Call& call, uint64_t id) {
  const auto group = FindForChange(session, call, id);
  if (!group) return Decision(group.error());
  const Carrier before{*group, UsergroupStore::Privileges(session, id)};
  if (auto problem = RefuseLifting(session, call, before, {*group, {}}))
    return Decision(std::move(*problem));
  UsergroupStore::Delete(session, id);
  Persons::Audit(session, call.ToActor(), "group.delete", {}, "usergroup " + std::to_string(id));
  return Decision(id);
}

}  // namespace

Answer ListUsergroups::operator()(const Call& call) const {
  const UsergroupStore::Filter filter{.type = Filter(call, "type"),
                                      .status = Filter(call, "status"),
                                      .name_contains = Filter(call, "q")};
  const auto groups = services_.connection.Read(
      [&](db::Session& session) -> db::StoreResult<std::vector<Usergroup>> {
        return UsergroupStore::List(session, filter);
      });
  if (!groups) return ToProblem(groups.error());
  JsonWriter json;
  json.StartObject();
  for (const Usergroup& group : *groups) {
    json.Key(std::to_string(group.id));
    json.StartObject();
    WriteGroup(json, group);
    json.EndObject();
  }
  json.EndObject();
  return JsonResponse(200, json.Take());
}

Answer GetUsergroup::operator()(const Call& call) const {
  const auto id = ParseId(call.params.Get("id"));
  if (!id) return Problem::Plain(404);
  using Found = std::optional<Carrier>;
  const auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    if (auto built_in = BuiltInUsergroup(*id)) return Found(Carrier{*built_in, {}});
    auto group = UsergroupStore::Find(session, *id);
    if (!group) return Found();
    return Found(Carrier{*group, UsergroupStore::Privileges(session, *id)});
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Problem::Plain(404);

  JsonWriter json;
  json.StartObject();
  WriteGroup(json, (*found)->group);
  if ((*found)->group.type == "A") {
    json.Key("privileges");
    json.StartArray();
    for (const std::string& privilege : (*found)->privileges) json.Text(privilege);
    json.EndArray();
  }
  json.EndObject();
  return JsonResponse(200, json.Take());
}

Answer CreateUsergroup::operator()(const Call& call) const {
  if (call.fields.Empty()) return Problem::Message("no data");
  const auto fields = ReadUsergroupFields(call.fields);
  if (!fields) return fields.error();
  const Usergroup group{
      .status = fields->status, .type = fields->type, .name = fields->name.value_or("")};
  if (!MayTouch(call.caller, group)) return Problem::Plain(403);

  const auto created =
      services_.connection.Transaction([&](db::Session& session) -> DecisionOutcome {
        const uint64_t id = UsergroupStore::Insert(session, group);
        if (group.type == "A" && fields->privileges)
          UsergroupStore::SetPrivileges(session, id, *fields->privileges);
        Persons::Audit(session, call.ToActor(), "group.create", {},
                       "usergroup " + std::to_string(id));
        return Decision(id);
      });
  return ToAnswer(created, CreatedResponse);
}

Answer UpdateUsergroup::operator()(const Call& call) const {
  const auto id = ParseId(call.params.Get("id"));
  if (!id) return Problem::Plain(404);
  if (call.fields.Empty()) return Problem::Message("no data");
  const auto fields = ReadUsergroupFields(call.fields);
  if (!fields) return fields.error();
  const auto changed = services_.connection.Transaction(
      [&](db::Session& session) { return Change(session, call, *id, *fields); });
  if (changed && *changed) services_.persons.RightsChanged();
  return ToAnswer(changed, UpdatedResponse);
}

Answer DeleteUsergroup::operator()(const Call& call) const {
  const auto id = ParseId(call.params.Get("id"));
  if (!id) return Problem::Plain(404);
  const auto removed = services_.connection.Transaction(
      [&](db::Session& session) { return Remove(session, call, *id); });
  if (removed && *removed) services_.persons.RightsChanged();
  return ToAnswer(removed, DeletedResponse);
}

}  // namespace rosterd::cscart
