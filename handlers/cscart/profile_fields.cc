#include "handlers/cscart/profile_fields.h"

#include <algorithm>

#include "directory/persons.h"

namespace rosterd::cscart {
namespace {

using db::cscart::kBillingColumns;
using db::cscart::kProfileColumns;

constexpr size_t kFieldNameWidth = 64;
constexpr size_t kFieldValueWidth = 255;
// Each is a row: what a form can hold, so that one JSON body does not lock an account for seconds.
constexpr size_t kMostFields = 1000;

void ReadCustomField(FieldReader& reader, const fcgi::Value::Member& member,
                     ProfileFields& fields) {
  auto value = ScalarText(member.second);
  if (!value) return reader.Refuse(Problem::Error("fields." + member.first + " is not a text"));
  if (!directory::IsCleanText(*value) || !directory::IsCleanText(member.first)) {
    return reader.Refuse(Problem::Error("fields holds control characters"));
  }
  if (member.first.empty() || CountCharacters(member.first) > kFieldNameWidth ||
      CountCharacters(*value) > kFieldValueWidth) {
    return reader.Refuse(Problem::Error("fields holds a name or value of the wrong length"));
  }
  fields.fields.emplace_back(member.first, std::move(*value));
}

// PHP clients send an empty map as an empty list or text.
bool IsNothing(const fcgi::Value& value) {
  if (const auto* list = value.AsList()) return list->empty();
  return ScalarText(value) == "";
}

void ReadCustomFields(FieldReader& reader, ProfileFields& fields) {
  const fcgi::Value* value = reader.All().Find("fields");
  if (value == nullptr) return;
  fields.sent = true;
  if (const auto* members = value->AsObject()) {
    if (members->size() > kMostFields)
      return reader.Refuse(Problem::Error("fields holds too many"));
    for (const auto& member : *members) ReadCustomField(reader, member, fields);
  } else if (!IsNothing(*value)) {
    reader.Refuse(Problem::Error("fields is not a map"));
  }
}

}  // namespace

bool ProfileFields::HasShipping() const {
  return std::any_of(values.begin() + kBillingColumns, values.end(),
                     [](const std::optional<std::string>& value) { return value.has_value(); });
}

std::string ProfileFields::Sent(std::string_view column) const {
  for (size_t i = 0; i < kProfileColumns.size(); ++i) {
    if (kProfileColumns[i].name == column) return values[i].value_or("");
  }
  return {};
}

ProfileFields ReadProfileFields(FieldReader& reader) {
  ProfileFields fields;
  for (size_t i = 0; i < kProfileColumns.size(); ++i) {
    fields.values[i] = reader.Text(kProfileColumns[i].name, kProfileColumns[i].width);
    fields.sent = fields.sent || fields.values[i].has_value();
  }
  fields.name = reader.Text("profile_name", 32);
  fields.profile_id = reader.Number("profile_id");
  fields.sent = fields.sent || fields.name || fields.profile_id;
  ReadCustomFields(reader, fields);
  return fields;
}

void Apply(const ProfileFields& fields, db::cscart::Profile& profile) {
  for (size_t i = 0; i < kProfileColumns.size(); ++i) {
    if (fields.values[i]) profile.values[i] = *fields.values[i];
  }
  if (fields.name) profile.name = *fields.name;
}

db::cscart::Profile NewMainProfile(const ProfileFields& fields, UserId user) {
  db::cscart::Profile profile;
  profile.user = user;
  Apply(fields, profile);
  if (!fields.HasShipping()) {
    std::copy_n(profile.values.begin(), kBillingColumns, profile.values.begin() + kBillingColumns);
  }
  return profile;
}

}  // namespace rosterd::cscart
