#include "handlers/bedita/manager.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/bedita/attributes.h"
#include "fcgi/ascii.h"
#include "handlers/bedita/document.h"
#include "handlers/bedita/list_query.h"
#include "handlers/bedita/schema.h"

namespace rosterd::bedita {
namespace {

constexpr uint64_t kUsersType = 3;  // the id that upstream has for it
constexpr std::string_view kObjectTypes = "object_types";

/// One member of the resource of an object type.
struct Member {
  std::string_view name;
  bool in_meta;
  void (*write)(JsonWriter& json);
};

void WriteEmptyList(JsonWriter& json) {
  json.StartArray();
  json.EndArray();
}

constexpr std::array<Member, 7> kMembers = {{
    {"name", false, [](JsonWriter& json) { json.Text("users"); }},
    {"singular", false, [](JsonWriter& json) { json.Text("user"); }},
    {"is_abstract", false, [](JsonWriter& json) { json.Boolean(false); }},
    {"parent_name", false, [](JsonWriter& json) { json.Text("objects"); }},
    {"associations", false, WriteEmptyList},
    {"enabled", false, [](JsonWriter& json) { json.Boolean(true); }},
    {"relations", true, WriteEmptyList},
}};

// What `fields` asks for, in its order; nothing when it asks for nothing in particular.
std::optional<std::vector<std::string>> FieldsOf(const Call& call) {
  const fcgi::Value* fields = call.query.Find("fields");
  if (fields != nullptr && fields->AsObject() != nullptr) fields = fields->Find(kObjectTypes);
  if (fields == nullptr || fields->AsText() == nullptr || fields->AsText()->empty()) {
    return std::nullopt;
  }
  return SplitList(*fields->AsText());
}

std::vector<const Member*> Selected(const std::optional<std::vector<std::string>>& fields) {
  std::vector<const Member*> members;
  if (!fields) {
    for (const Member& member : kMembers) members.push_back(&member);
    return members;
  }
  for (const std::string& name : *fields) {
    const auto* const found = std::ranges::find(kMembers, name, &Member::name);
    const bool fresh =
        found != kMembers.end() && std::ranges::find(members, found) == members.end();
    if (fresh) members.push_back(found);
  }
  return members;
}

void WriteUsersType(const Call& call, JsonWriter& json, bool listed) {
  const auto members = Selected(FieldsOf(call));
  Resource resource(call, json, kObjectTypes, kUsersType);
  for (const Member* member : members) {
    if (!member->in_meta) member->write(resource.Attribute(member->name));
  }
  for (const Member* member : members) {
    if (member->in_meta) member->write(resource.Meta(member->name));
  }
  if (listed) resource.Self("/model/object_types/" + std::to_string(kUsersType));
  resource.End();
}

Answer List(const Call& call, uint64_t count,
            const std::function<void(JsonWriter& json)>& write_items) {
  ListRules rules{.resource = db::bedita::Roles(), .visible = {}, .caller = {}};
  rules.page_size = static_cast<uint64_t>(call.Settings().page_size);
  rules.max_page_size = static_cast<uint64_t>(call.Settings().max_page_size);
  const Paging paging = ReadPaging(call.query, rules);
  if (paging.page > 1) return Problem::Plain(404);
  Document document(call);
  document.Data().StartArray();
  if (count > 0) write_items(document.Data());
  document.Data().EndArray();
  document.Paginate({.count = count, .number = 1, .size = paging.size, .items = count});
  return document.Send();
}

// "\"1\", W/\"2\"", or "*".
bool Names(std::string_view if_none_match, const std::string& tag) {
  while (!if_none_match.empty()) {
    std::string_view one = fcgi::Trimmed(fcgi::CutUntil(if_none_match, ','));
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == "*" || one == tag) return true;
  }
  return false;
}

fcgi::Response SchemaResponse(const Call& call, const std::string& body, const std::string& tag) {
  const bool known = Names(call.request.Header("If-None-Match").value_or(""), tag);
  fcgi::Response response =
      known ? EmptyResponse(304) : JsonResponse(200, "application/schema+json", body);
  response.SetHeader("ETag", tag);
  // To be asked for each time: it changes with the settings.
  response.SetHeader("Cache-Control", "no-cache");
  return response;
}

}  // namespace

Answer ModelSchema(const Call& call) {
  const std::string type(call.params.Get("type"));
  if (type == "objects") return SchemaResponse(call, "false", "\"0\"");
  if (type != "users" && type != "roles") return Problem::NoRecord("object_types");
  return SchemaResponse(call, SchemaOf(call, type), '"' + SchemaRevision(call, type) + '"');
}

Answer ListObjectTypes(const Call& call) {
  return List(call, 1, [&](JsonWriter& json) { WriteUsersType(call, json, /*listed=*/true); });
}

Answer GetObjectType(const Call& call) {
  const std::string_view name = call.params.Get("name");
  if (name != "users" && name != std::to_string(kUsersType)) return Problem::NoRecord(kObjectTypes);
  Document document(call);
  WriteUsersType(call, document.Data(), /*listed=*/false);
  return document.Send();
}

Answer ListNothing(const Call& call) {
  return List(call, 0, [](JsonWriter&) {});
}

}  // namespace rosterd::bedita
