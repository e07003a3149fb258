#include "handlers/bedita/role_fields.h"

#include "handlers/bedita/text_rules.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostDescription = 65535;  // bytes

std::optional<std::string> ScalarText(const fcgi::Value& value) {
  if (const std::string* text = value.AsText()) return *text;
  if (const fcgi::Value::Number* number = value.AsNumber()) return number->text;
  if (const bool* flag = value.AsBoolean()) return std::string(*flag ? "1" : "");
  return std::nullopt;
}

bool IsNested(const fcgi::Value& value) {
  return value.AsObject() != nullptr || value.AsList() != nullptr;
}

void ReadName(const fcgi::Value* value, std::string_view stored, RoleFields& fields,
              Violations& violations) {
  if (value == nullptr) {
    if (stored.empty()) violations.Add("name", "_required");
    return;
  }
  if (IsNested(*value)) return violations.Add("name", "scalar");
  const auto name = ScalarText(*value);
  if (!name || name->empty()) return violations.Add("name", "_empty");
  if (*name != stored && !IsRoleName(*name)) return violations.Add("name", "regex");
  fields.name = name;
}

void ReadDescription(const fcgi::Value* value, RoleFields& fields, Violations& violations) {
  if (value == nullptr) return;
  if (IsNested(*value)) return violations.Add("description", "scalar");
  const auto text = ScalarText(*value);
  if (text && !IsStorable(*text, /*one_line=*/false)) {
    return violations.Add("description", "utf8");
  }
  if (text && text->size() > kMostDescription) return violations.Add("description", "maxLength");
  fields.description = text;
}

}  // namespace

Result<RoleFields, Problem> ReadRoleFields(const fcgi::Value& attributes,
                                           std::string_view stored_name) {
  RoleFields fields;
  Violations violations;
  ReadName(attributes.Find("name"), stored_name, fields, violations);
  ReadDescription(attributes.Find("description"), fields, violations);
  if (!violations.Empty()) return violations.ToProblem();
  return fields;
}

Problem RoleNameTaken() {
  Violations violations;
  violations.Add("name", "unique");
  return violations.ToProblem();
}

}  // namespace rosterd::bedita
