#include "handlers/cscart/usergroup_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rosterd::cscart {
namespace {

struct NamedPrivilege {
  std::string_view name;
  Privilege privilege;
};

constexpr std::array<NamedPrivilege, 5> kPrivileges = {{
    {"view_users", Privilege::kViewUsers},
    {"manage_users", Privilege::kManageUsers},
    {"view_usergroups", Privilege::kViewUsergroups},
    {"manage_usergroups", Privilege::kManageUsergroups},
    {"manage_admin_usergroups", Privilege::kManageAdminUsergroups},
}};

const NamedPrivilege* FindPrivilege(std::string_view name) {
  const auto* found = std::ranges::find(kPrivileges, name, &NamedPrivilege::name);
  return found == kPrivileges.end() ? nullptr : found;
}

std::string Required(FieldReader& reader, std::string_view name, std::string_view allowed,
                     Problem& missing) {
  const auto text = reader.All().Text(name);
  if (text && text->value_or("").empty()) {
    missing.messages.push_back(std::string(name) + " is required");
    return {};
  }
  return reader.Letter(name, allowed).value_or("");
}

std::optional<std::vector<std::string>> ReadPrivileges(FieldReader& reader) {
  const fcgi::Value* value = reader.All().Find("privileges");
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> names;
  const auto* list = value->AsList();
  if (list == nullptr) {
    // A form has no other way to say that there are none.
    if (ScalarText(*value) != "") reader.Refuse(Problem::Error("privileges is not a list"));
    return names;
  }
  for (const fcgi::Value& entry : *list) {
    auto name = ScalarText(entry);
    if (!name || FindPrivilege(*name) == nullptr) {
      reader.Refuse(Problem::Error("privileges holds an unknown name"));
      continue;
    }
    names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace

Result<UsergroupFields, Problem> ReadUsergroupFields(const Fields& fields) {
  FieldReader reader(fields);
  Problem missing;
  UsergroupFields group;
  group.type = Required(reader, "type", "AC", missing);
  group.status = Required(reader, "status", "AHD", missing);
  group.name = reader.Text("usergroup", 255);
  group.privileges = ReadPrivileges(reader);
  if (!missing.messages.empty()) return missing;
  if (reader.FirstProblem()) return *reader.FirstProblem();
  return group;
}

bool LacksAny(const Caller& caller, const std::vector<std::string>& privileges) {
  return std::ranges::any_of(privileges, [&](const std::string& name) {
    const NamedPrivilege* known = FindPrivilege(name);
    return known == nullptr || !caller.May(known->privilege);
  });
}

std::optional<db::cscart::Usergroup> BuiltInUsergroup(uint64_t id) {
  constexpr std::array<std::string_view, 3> kNames = {"All", "Guest", "Registered user"};
  if (id >= kNames.size()) return std::nullopt;
  return db::cscart::Usergroup{
      .id = id, .status = "A", .type = "C", .name = std::string(kNames[id])};
}

}  // namespace rosterd::cscart
