#include "handlers/timeslot/views.h"

#include <algorithm>
#include <array>
#include <utility>

#include "directory/picture.h"
#include "handlers/json_writer.h"
#include "handlers/timeslot/text.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::Membership;
using db::timeslot::Profile;
using db::timeslot::SeenFriendship;
using db::timeslot::User;

constexpr std::string_view kEstablished = "11";

void NullableNumber(JsonWriter& json, std::string_view key, const std::optional<int64_t>& number) {
  json.Key(key);
  if (number) {
    json.Signed(*number);
  } else {
    json.Null();
  }
}

void Flag(JsonWriter& json, std::string_view key, bool value) {
  json.Key(key);
  json.Boolean(value);
}

std::string_view FriendshipState(std::string_view state) {
  if (state == "00") return "offered";
  if (state == kEstablished) return "established";
  return state == "01" ? "rejected" : "undefined";
}

std::string_view MembershipState(std::string_view state) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kStates = {{
      {"111", "active"},
      {"011", "invited"},
      {"001", "refused"},
      {"010", "kicked"},
      {"100", "left"},
      {"000", "deleted"},
  }};
  for (const auto& [stored, name] : kStates) {
    if (stored == state) return name;
  }
  return "undefined";
}

// Members 2 to 19.
void WriteAttributes(JsonWriter& json, const User& user) {
  const db::Person& person = user.person;
  const Profile& profile = user.profile;
  Field(json, "username", DisplayName(person));
  NullableField(json, "email", person.email);
  Flag(json, "emailVerified", profile.email_verified);
  NullableField(json, "phone", person.phone.empty() ? std::nullopt : std::optional(person.phone));
  Flag(json, "phoneVerified", profile.phone_verified);
  NullableField(json, "publicUrl", profile.public_url);
  NullableNumber(json, "locationId", profile.location_id);
  NullableNumber(json, "slotDefaultDuration", profile.slot_default_duration);
  NullableNumber(json, "slotDefaultLocationId", profile.slot_default_location_id);
  NullableNumber(json, "slotDefaultTypeId", profile.slot_default_type_id);
  for (size_t kind = 0; kind < kAlertNames.size(); ++kind) {
    Field(json, kAlertNames.at(kind), profile.alerts.at(kind));
  }
  Flag(json, "push", profile.push);
}

// Members 20 to 26.
void WriteState(JsonWriter& json, const User& user, uint64_t friends_count,
                std::string_view base_url) {
  const db::Person& person = user.person;
  Field(json, "createdAt", Moment(person.created_at));
  Field(json, "updatedAt", Moment(person.updated_at));
  NullableField(json, "deletedAt",
                person.deleted_at ? std::optional(Moment(*person.deleted_at)) : std::nullopt);
  NullableField(json, "image", Image(person, base_url));
  NumberField(json, "slotCount", user.profile.slot_count);
  NumberField(json, "reslotCount", user.profile.reslot_count);
  NumberField(json, "friendsCount", friends_count);
}

void WriteFriendships(JsonWriter& json, const std::vector<SeenFriendship>& friendships) {
  json.Key("friendships");
  json.StartArray();
  for (const SeenFriendship& friendship : friendships) {
    json.StartObject();
    NumberField(json, "friend_id", friendship.other.value);
    Field(json, "state", FriendshipState(friendship.state));
    NumberField(json, "initiator", friendship.starter.value);
    json.EndObject();
  }
  json.EndArray();
}

void WriteGroups(JsonWriter& json, const std::vector<Membership>& memberships) {
  json.Key("groups");
  json.StartArray();
  for (const Membership& membership : memberships) {
    json.StartObject();
    NumberField(json, "groupId", membership.group);
    Field(json, "state", MembershipState(membership.state));
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string DisplayName(const db::Person& person) {
  if (!IsBlank(person.display_name)) return Cut(person.display_name, kUsernameLength);
  std::string names = person.first_name;
  if (!names.empty() && !person.last_name.empty()) names += ' ';
  names += person.last_name;
  if (!IsBlank(names)) return Cut(names, kUsernameLength);
  const size_t at = person.username.find('@');
  return Cut(at == 0 ? person.username : person.username.substr(0, at), kUsernameLength);
}

std::optional<std::string> Image(const db::Person& person, std::string_view base_url) {
  using directory::Picture;
  const Picture picture = Picture::FromColumn(person.picture);
  if (picture.kind == Picture::Kind::kNone) return std::nullopt;
  return picture.Address(base_url, /*cloud_name=*/"");
}

std::string Moment(db::Time time) {
  constexpr size_t kUpToMilliseconds = 23;
  constexpr size_t kDateSize = 10;
  std::string text = db::ToSql(time).substr(0, kUpToMilliseconds);
  if (text.size() > kDateSize) text[kDateSize] = 'T';
  return text + 'Z';
}

std::string OwnUser(const User& user, const Relations& relations, std::string_view base_url) {
  const auto friends = std::count_if(
      relations.friendships.begin(), relations.friendships.end(),
      [](const SeenFriendship& friendship) { return friendship.state == kEstablished; });
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", user.person.id.value);
  WriteAttributes(json, user);
  WriteState(json, user, static_cast<uint64_t>(friends), base_url);
  WriteFriendships(json, relations.friendships);
  WriteGroups(json, relations.memberships);
  json.EndObject();
  return json.Take();
}

std::string OtherUser(const User& user, uint64_t friends_count, std::string_view base_url,
                      bool as_seed) {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", user.person.id.value);
  if (as_seed) {
    WriteAttributes(json, user);
  } else {
    Field(json, "username", DisplayName(user.person));
    NullableNumber(json, "locationId", user.profile.location_id);
  }
  WriteState(json, user, friends_count, base_url);
  json.EndObject();
  return json.Take();
}

std::string SignInObject(const db::Person& person, std::string_view token) {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", person.id.value);
  Field(json, "username", DisplayName(person));
  NullableField(json, "email", person.email);
  Field(json, "authToken", token);
  json.EndObject();
  return json.Take();
}

}  // namespace rosterd::timeslot
