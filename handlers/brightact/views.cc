#include "handlers/brightact/views.h"

#include <algorithm>
#include <string_view>

namespace rosterd::brightact {
namespace {

constexpr size_t kSuffixSize = 8;  // of a made-up username that was taken

void NumberText(JsonWriter& json, std::string_view key, uint64_t number) {
  Field(json, key, std::to_string(number));
}

/// "user_21", or "user_21_" and eight letters and digits: what the directory calls a person that
/// was given no username.
bool IsMadeUp(const db::Person& person) {
  const std::string made_up = "user_" + std::to_string(person.id.value);
  if (person.username == made_up) return true;
  return person.username.starts_with(made_up + "_") &&
         person.username.size() == made_up.size() + 1 + kSuffixSize;
}

}  // namespace

std::string ShownUsername(const db::Person& person) {
  return person.email && IsMadeUp(person) ? *person.email : person.username;
}

bool IsActive(const db::Person& person) {
  return person.status == db::Status::kActive && !person.blocked;
}

void WriteUser(JsonWriter& json, const db::brightact::User& user, const Zone& zone,
               ShowDeleted show_deleted) {
  const db::Person& person = user.person;
  json.StartObject();
  NumberText(json, "id", person.id.value);
  Field(json, "username", ShownUsername(person));
  Field(json, "first_name", person.first_name);
  Field(json, "last_name", person.last_name);
  Field(json, "company", person.company);
  Field(json, "status", IsActive(person) ? "1" : "0");
  Field(json, "mobile", person.phone.empty() ? "0" : std::string_view(person.phone));
  NumberText(json, "mobile_provider", user.columns.mobile_provider);
  NumberText(json, "sp_num", user.columns.sp_num);
  NumberText(json, "org_id", user.columns.org_id);
  if (show_deleted == ShowDeleted::kYes) {
    Field(json, "is_deleted", person.deleted_at ? "1" : "0");
  }
  Field(json, "extra_email", user.columns.extra_email);
  Field(json, "suppress_emails", user.columns.suppress_emails);
  Field(json, "created_at", zone.Show(person.created_at));
  Field(json, "updated_at", zone.Show(person.updated_at));
  Field(json, "last_login", zone.Show(person.last_login_at.value_or(person.created_at)));
  json.EndObject();
}

void WriteOrg(JsonWriter& json, const db::brightact::Org& org, const Zone& zone) {
  json.StartObject();
  NumberText(json, "id", org.id);
  Field(json, "name", org.name);
  Field(json, "created_at", zone.Show(org.created_at));
  Field(json, "updated_at", zone.Show(org.updated_at));
  json.EndObject();
}

std::string NewId(uint64_t id) {
  JsonWriter json;
  json.StartObject();
  NumberText(json, "id", id);
  json.EndObject();
  return json.Take();
}

}  // namespace rosterd::brightact
