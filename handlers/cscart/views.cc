#include "handlers/cscart/views.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace rosterd::cscart {
namespace {

using db::cscart::Profile;
using db::cscart::UserDetails;
using db::cscart::UserRow;

int64_t UnixSeconds(db::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

void NumberText(JsonWriter& json, std::string_view key, uint64_t number) {
  Field(json, key, std::to_string(number));
}

void SignedText(JsonWriter& json, std::string_view key, int64_t number) {
  Field(json, key, std::to_string(number));
}

void WriteMembers(JsonWriter& json, const UserRow& user, const Extras& extras) {
  NumberText(json, "user_id", user.id.value);
  Field(json, "user_login", user.user_login);
  Field(json, "is_root", user.is_root ? "Y" : "N");
  SignedText(json, "timestamp", user.timestamp);
  Field(json, "user_type", user.user_type);
  Field(json, "status", user.status);
  Field(json, "firstname", user.first_name);
  Field(json, "lastname", user.last_name);
  Field(json, "email", user.email);
  Field(json, "company", user.company);
  NumberText(json, "company_id", user.company_id);
  NullableField(json, "company_name", user.company_name);
  if (extras.phone) Field(json, "phone", user.phone);
  if (extras.last_login) SignedText(json, "last_login", user.last_login);
  if (extras.points) SignedText(json, "points", user.points);
}

void WriteAddress(JsonWriter& json, const Profile& profile) {
  for (size_t i = 0; i < db::cscart::kProfileColumns.size(); ++i) {
    Field(json, db::cscart::kProfileColumns.at(i).name, profile.values.at(i));
  }
}

void WriteProfile(JsonWriter& json, const Profile& profile) {
  json.StartObject();
  NumberText(json, "profile_id", profile.id);
  NumberText(json, "user_id", profile.user.value);
  Field(json, "profile_type", profile.main ? "P" : "S");
  WriteAddress(json, profile);
  Field(json, "profile_name", profile.name);
  SignedText(json, "profile_update_timestamp", UnixSeconds(profile.updated_at));
  json.EndObject();
}

void WriteProfiles(JsonWriter& json, const std::vector<Profile>& profiles) {
  json.Key("profiles");
  json.StartArray();
  for (const Profile& profile : profiles) WriteProfile(json, profile);
  json.EndArray();
}

void WriteCustomFields(JsonWriter& json, const Profile& profile) {
  json.Key("fields");
  json.StartObject();
  for (const auto& [name, value] : profile.fields) Field(json, name, value);
  json.EndObject();
}

Profile MainOf(const std::vector<Profile>& profiles) {
  const auto found = std::find_if(profiles.begin(), profiles.end(),
                                  [](const Profile& profile) { return profile.main; });
  return found == profiles.end() ? Profile() : *found;
}

}  // namespace

Extras ChooseExtras(bool extended, const std::vector<std::string>& extra_fields) {
  const auto has = [&](std::string_view name) {
    return extended ||
           std::find(extra_fields.begin(), extra_fields.end(), name) != extra_fields.end();
  };
  return {.phone = has("phone"), .last_login = has("last_login"), .points = has("points")};
}

void WriteUser(JsonWriter& json, const UserRow& user, const Extras& extras) {
  json.StartObject();
  WriteMembers(json, user, extras);
  json.EndObject();
}

void WriteFullUser(JsonWriter& json, const UserRow& user, const UserDetails& details) {
  json.StartObject();
  WriteMembers(json, user, {.phone = true, .last_login = true, .points = true});
  Field(json, "lang_code", details.account.lang_code);
  Field(json, "url", details.account.url);
  Field(json, "fax", details.account.fax);
  Field(json, "tax_exempt", details.account.tax_exempt);
  SignedText(json, "birthday", details.account.birthday);
  SignedText(json, "last_activity", user.last_login);
  const Profile main = MainOf(details.profiles);
  WriteAddress(json, main);
  json.Key("usergroups");
  WriteLinks(json, details.links, /*with_type=*/true);
  WriteProfiles(json, details.profiles);
  WriteCustomFields(json, main);
  json.EndObject();
}

void WriteLinks(JsonWriter& json, const std::vector<db::cscart::UsergroupLink>& links,
                bool with_type) {
  json.StartObject();
  for (const db::cscart::UsergroupLink& link : links) {
    json.Key(std::to_string(link.usergroup));
    json.StartObject();
    NumberText(json, "link_id", link.id);
    NumberText(json, "usergroup_id", link.usergroup);
    Field(json, "status", link.status);
    if (with_type) Field(json, "type", link.group_type);
    json.EndObject();
  }
  json.EndObject();
}

}  // namespace rosterd::cscart
