#include "handlers/cscart/usergroup_links.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "db/cscart/account_columns.h"
#include "db/cscart/usergroup_store.h"
#include "handlers/cscart/account_fields.h"
#include "handlers/cscart/account_rules.h"
#include "handlers/cscart/usergroup_fields.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::AccountColumns;
using db::cscart::AccountColumnStore;
using db::cscart::UsergroupLink;
using db::cscart::UsergroupStore;
using directory::Persons;
using directory::Refusal;

constexpr std::string_view kAvailable = "F";

/// What a unit of work decided: done, or why not.
using Decision = Result<std::monostate, Problem>;
using DecisionOutcome = Result<Decision, Refusal>;

bool IsVisible(const Call& call, UserId id, const AccountColumns& account) {
  return IsInScope(call, account) &&
         (!call.caller.restricted || account.user_type == "C" || call.caller.id == id);
}

std::optional<std::string> QueryText(const Call& call, std::string_view name) {
  const fcgi::Value* value = call.query.Find(name);
  return value == nullptr ? std::nullopt : ScalarText(*value);
}

UsergroupStore::LinkFilter FilterOf(const Call& call) {
  UsergroupStore::LinkFilter filter;
  filter.status = QueryText(call, "status");
  if (filter.status && filter.status->empty()) filter.status.reset();
  filter.all = QueryText(call, "all") == "Y";
  return filter;
}

fcgi::Response LinksResponse(const std::vector<UsergroupLink>& links) {
  JsonWriter json;
  json.StartObject();
  for (const UsergroupLink& link : links) {
    json.Key(std::to_string(link.usergroup));
    json.StartObject();
    Field(json, "link_id", std::to_string(link.id));
    Field(json, "usergroup_id", std::to_string(link.usergroup));
    Field(json, "status", link.status);
    json.EndObject();
  }
  json.EndObject();
  return JsonResponse(200, json.Take());
}

std::optional<Problem> RefuseLinking(db::Session& session, const Call& call,
                                     const AccountColumns& account, uint64_t group_id) {
  if (IsPlatformRoot(account))
    return Problem::Error("links of a root administrator may not be changed");
  const std::string_view fitting = GroupTypeOf(account.user_type);
  if (fitting == "A" && !call.caller.IsRoot())
    return Problem::Error("links of administrators may not be changed");

  const auto group = UsergroupStore::Find(session, group_id, /*lock=*/true);
  if (!group) return Problem::Error("no such group");
  if (group->type != fitting) return Problem::Error("the group is not for this type of user");
  if (group->type == "A" && !call.caller.May(Privilege::kManageAdminUsergroups))
    return Problem::Plain(403);
  return std::nullopt;
}

DecisionOutcome SetLink(db::Session& session, const Call& call, uint64_t group,
                        std::string_view status) {
  const UserId user{call.Id("id").value_or(0)};
  const auto account = AccountColumnStore::Find(session, user, /*lock=*/true);
  if (!account || !IsVisible(call, user, *account)) return Decision(Problem::Plain(404));
  if (auto problem = RefuseLinking(session, call, *account, group))
    return Decision(std::move(*problem));
  if (UsergroupStore::SetLink(session, user, group, status, db::Now())) {
    Persons::Audit(session, call.ToActor(), "group.link", user,
                   "usergroup " + std::to_string(group));
  }
  return Decision(std::monostate());
}

Answer Apply(const Services& services, const Call& call, std::string_view status) {
  const auto group = ParseId(call.params.Get("gid"));
  if (!group) return Problem::Plain(404);
  const auto outcome = services.connection.Transaction(
      [&](db::Session& session) { return SetLink(session, call, *group, status); });
  if (!outcome) return ToProblem(outcome.error());
  if (!*outcome) return outcome->error();
  services.persons.RightsChanged();
  if (status == kAvailable) return EmptyResponse(204);

  JsonWriter json;
  json.StartObject();
  Field(json, "message", "Status changed");
  json.EndObject();
  return JsonResponse(200, json.Take());
}

}  // namespace

Answer ListUsergroupLinks::operator()(const Call& call) const {
  const auto id = call.Id("id");
  if (!id) return Problem::Plain(404);
  using Found = std::optional<std::vector<UsergroupLink>>;
  const auto links = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    const auto account = AccountColumnStore::Find(session, UserId{*id});
    if (!account || !IsVisible(call, UserId{*id}, *account)) return Found();
    return Found(UsergroupStore::Links(session, UserId{*id}, FilterOf(call)));
  });
  if (!links) return ToProblem(links.error());
  if (!*links) return Problem::Plain(404);
  return LinksResponse(**links);
}

Answer SetUsergroupLink::operator()(const Call& call) const {
  FieldReader reader(call.fields);
  const auto status = reader.Letter("status", "APDF");
  if (reader.FirstProblem()) return *reader.FirstProblem();
  if (!status) return Problem::Message("status is required");
  return Apply(services_, call, *status);
}

Answer RemoveUsergroupLink::operator()(const Call& call) const {
  return Apply(services_, call, kAvailable);
}

Answer RefuseUsergroupLink(const Call& /*call*/) {
  return Problem::Message("links are set with PUT and removed with DELETE");
}

}  // namespace rosterd::cscart
