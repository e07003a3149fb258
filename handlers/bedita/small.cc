#include "handlers/bedita/small.h"

#include <array>
#include <string>
#include <vector>

#include "db/bedita/application_store.h"
#include "handlers/bedita/accept.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/document.h"

namespace rosterd::bedita {
namespace {

/// What stands behind one path; kPublic for what it does not have.
struct Entry {
  std::string_view path;
  std::string_view label;
  Access get;
  Access post;
  Access change;  ///< PATCH and DELETE
  bool object_type;
  bool multiple_types;
};

constexpr auto kNone = Access::kPublic;
constexpr std::array<Entry, 7> kEntries = {{
    {"/auth", "Auth", Access::kUser, Access::kSignIn, kNone, false, false},
    {"/model", "Model", Access::kOpen, kNone, kNone, false, true},
    {"/roles", "Roles", Access::kRead, Access::kWrite, Access::kWrite, false, false},
    {"/signup", "Signup", kNone, Access::kOpen, kNone, false, false},
    {"/status", "Status", Access::kStatus, kNone, kNone, false, false},
    {"/trash", "Trash", Access::kRead, Access::kWrite, Access::kWrite, false, true},
    {"/users", "Users", Access::kRead, Access::kWrite, Access::kWrite, true, false},
}};

bool IsThere(const Entry& entry, const config::Bedita& settings) {
  if (entry.path == "/model") return settings.manager_support;
  return entry.path != "/signup" || settings.signup_enabled;
}

std::vector<std::string_view> MethodsOf(const Entry& entry, const Call& call) {
  const auto may = [&](Access access) {
    return access != kNone && !RefuseAccess(access, call.caller, call.Settings());
  };
  std::vector<std::string_view> methods;
  if (may(entry.get)) methods.emplace_back("GET");
  if (may(entry.post)) methods.emplace_back("POST");
  if (may(entry.change)) methods.insert(methods.end(), {"PATCH", "DELETE"});
  return methods;
}

void WriteTexts(JsonWriter& json, std::string_view key,
                const std::vector<std::string_view>& texts) {
  json.Key(key);
  json.StartArray();
  for (const std::string_view text : texts) json.Text(text);
  json.EndArray();
}

void WriteEntry(JsonWriter& json, const Call& call, const Entry& entry,
                const std::vector<std::string_view>& methods) {
  json.Key(entry.path);
  json.StartObject();
  Field(json, "href", call.base + std::string(entry.path));
  json.Key("hints");
  json.StartObject();
  WriteTexts(json, "allow", methods);
  WriteTexts(json, "formats", {kJsonType, kJsonApiType});
  json.Key("display");
  json.StartObject();
  Field(json, "label", entry.label);
  json.EndObject();
  json.Key("object_type");
  json.Boolean(entry.object_type);
  json.Key("multiple_types");
  json.Boolean(entry.multiple_types);
  json.EndObject();
  json.EndObject();
}

}  // namespace

fcgi::Response Home(const Call& call) {
  Document document(call);
  JsonWriter& resources = document.Meta("resources");
  resources.StartObject();
  for (const Entry& entry : kEntries) {
    const auto methods = MethodsOf(entry, call);
    if (IsThere(entry, call.Settings()) && !methods.empty()) {
      WriteEntry(resources, call, entry, methods);
    }
  }
  resources.EndObject();
  JsonWriter& project = document.Meta("project");
  project.StartObject();
  Field(project, "name", call.Settings().project_name);
  project.EndObject();
  document.Meta("version").Text(call.Settings().version);
  return document.Send();
}

fcgi::Response Status::operator()(const Call& call) const {
  const auto answers = services_.connection.Read([](db::Session& session) -> db::StoreResult<bool> {
    return db::bedita::ApplicationStore::Find(session, 0).has_value();
  });
  Document document(call);
  JsonWriter& status = document.Meta("status");
  status.StartObject();
  Field(status, "environment", answers ? "ok" : "error");
  status.EndObject();
  return document.Send();
}

}  // namespace rosterd::bedita
