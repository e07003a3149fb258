#include "handlers/bedita/signup_fields.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "handlers/bedita/fields.h"
#include "handlers/bedita/link_rules.h"
#include "handlers/bedita/text_rules.h"

namespace rosterd::bedita {
namespace {

using fcgi::Value;

constexpr size_t kMostRoles = 100;
constexpr size_t kMostNamed = 200;

/// Where attributes and the rest stand: in one object, or in two of a document.
struct Parts {
  Value attributes;
  Value rest;
};

Value ObjectOf(const Value& data, std::string_view name) {
  const Value* member = data.Find(name);
  return member != nullptr && member->AsObject() != nullptr ? *member : Value::OfObject({});
}

Result<Parts, Problem> Split(const Value& fields) {
  const Value* data = fields.Find("data");
  if (data == nullptr) return Parts{fields, fields};
  const Value* type = data->Find("type");
  if (type == nullptr || type->AsText() == nullptr || type->AsText()->empty()) {
    return Problem::BadInput("Key `type` is mandatory");
  }
  if (*type->AsText() != "users") return Problem::OtherType();
  return Parts{ObjectOf(*data, "attributes"), ObjectOf(*data, "meta")};
}

/// Names as a message can hold them: short, in one line, without what ends a detail.
std::string Join(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) {
    if (!joined.empty()) joined += ", ";
    joined += IsStorable(name, /*one_line=*/true) ? name : "?";
  }
  if (joined.size() > kMostNamed) return "these are";
  std::ranges::replace(joined, '[', '(');
  return joined;
}

void AddRefused(const std::vector<std::string>& names, Violations& broken) {
  broken.Add("roles", "validateRoles", Join(names) + " not allowed on signup");
}

/// Reads the rest beside the user's own attributes.
class RestReader {
 public:
  RestReader(const Call& call, const Value& rest, Violations& broken)
      : call_(call), rest_(rest), broken_(broken) {}

  std::string ActivationUrl() {
    const config::Bedita& settings = call_.Settings();
    std::string url = Link("activation_url");
    if (!url.empty()) return url;
    const bool needed =
        settings.signup_activation_url.empty() && settings.signup_require_activation;
    if (needed) broken_.Add("activation_url", "_required");
    return settings.signup_activation_url;
  }

  /// An address that came with the request; empty when there is none.
  std::string Link(std::string_view name) {
    std::string url = ScalarText(rest_, name).value_or("");
    if (!url.empty() && !IsAllowedLink(url, call_)) broken_.Add(name, "customUrl");
    return url;
  }

  std::vector<std::string> Roles() {
    const std::vector<std::string>& allowed = call_.Settings().signup_roles;
    const Value* value = rest_.Find("roles");
    if (value == nullptr || value->IsNull()) {
      if (!allowed.empty()) broken_.Add("roles", "_required");
      return {};
    }
    std::vector<std::string> names = Names(*value);
    if (names.empty()) {
      if (!allowed.empty()) broken_.Add("roles", "_empty");
    } else if (allowed.empty()) {
      broken_.Add("roles", "validateRoles", "Roles are not allowed on signup");
    } else {
      CheckRoles(names, allowed);
    }
    return names;
  }

 private:
  static std::vector<std::string> Names(const Value& value) {
    std::vector<std::string> names;
    const Value::List* list = value.AsList();
    const Value::List one = list == nullptr ? Value::List{value} : Value::List{};
    for (const Value& item : list == nullptr ? one : *list) {
      const std::string* name = item.AsText();
      if (name != nullptr && name->empty()) continue;
      names.push_back(name == nullptr ? "?" : *name);
      if (names.size() > kMostRoles) break;
    }
    return names;
  }

  void CheckRoles(const std::vector<std::string>& names, const std::vector<std::string>& allowed) {
    std::vector<std::string> refused;
    std::ranges::copy_if(names, std::back_inserter(refused), [&](const std::string& name) {
      return std::ranges::find(allowed, name) == allowed.end();
    });
    if (!refused.empty()) AddRefused(refused, broken_);
  }

  const Call& call_;
  const Value& rest_;
  Violations& broken_;
};

bool IsMissing(const Value& attributes, std::string_view name) {
  const Value* value = attributes.Find(name);
  return value == nullptr || value->IsNull() ||
         (value->AsText() != nullptr && value->AsText()->empty());
}

void RequireContact(const Call& call, const Value& attributes, Violations& broken) {
  const bool without_password =
      IsMissing(attributes, "password") && IsMissing(attributes, "password_hash");
  if (call.Settings().signup_require_password && without_password) {
    broken.Add("password_hash", "_required");
  }
  if (call.Settings().signup_require_email && IsMissing(attributes, "email")) {
    broken.Add("email", "_required");
  }
}

/// One refusal for both: the details together, unless one of them is of another sort.
Problem Merge(const Violations& mine, Problem theirs) {
  if (mine.Empty() || theirs.title != mine.ToProblem().title) return theirs;
  theirs.detail += theirs.detail.empty() ? "" : " ";
  theirs.detail += mine.ToProblem().detail;
  return theirs;
}

}  // namespace

Problem RefusedRoles(const std::vector<std::string>& names) {
  Violations broken;
  AddRefused(names, broken);
  return broken.ToProblem();
}

Result<SignupFields, Problem> ReadSignup(const Call& call) {
  const auto parts = Split(call.body.fields);
  if (!parts) return parts.error();

  SignupFields signup;
  Violations broken;
  RequireContact(call, parts->attributes, broken);
  RestReader rest(call, parts->rest, broken);
  signup.activation_url = rest.ActivationUrl();
  signup.redirect_url = rest.Link("redirect_url");
  signup.roles = rest.Roles();

  FieldRules rules{call.settings, /*creating=*/true};
  rules.ignored = {"status", "uname"};
  auto fields = ReadUserFields(parts->attributes, rules);
  if (!fields) return Merge(broken, fields.error());
  if (!broken.Empty()) return broken.ToProblem();
  signup.user = *std::move(fields);
  return signup;
}

}  // namespace rosterd::bedita
