#include "handlers/bedita/user_fields.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fcgi/ascii.h"
#include "handlers/bedita/moment.h"
#include "handlers/bedita/password_policy.h"
#include "handlers/bedita/search_words.h"
#include "handlers/bedita/text_rules.h"
#include "handlers/bedita/unique_name.h"
#include "handlers/json_writer.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Attribute;
using db::bedita::Kind;
using fcgi::Value;
namespace user = db::bedita::user;

using Stored = std::optional<std::string>;

constexpr std::string_view kReservedWord = "__deleted-";
constexpr size_t kMostQuoted = 64;

/// A scalar as text; nothing for null, lists and objects.
std::optional<std::string> ScalarText(const Value& value) {
  if (const std::string* text = value.AsText()) return *text;
  if (const Value::Number* number = value.AsNumber()) return number->text;
  if (const bool* flag = value.AsBoolean()) return std::string(*flag ? "1" : "");
  return std::nullopt;
}

std::optional<bool> AsFlag(const Value& value) {
  if (const bool* flag = value.AsBoolean()) return *flag;
  const auto text = ScalarText(value);
  if (!text) return std::nullopt;
  if (*text == "1" || fcgi::EqualsIgnoringCase(*text, "true")) return true;
  if (*text == "0" || fcgi::EqualsIgnoringCase(*text, "false")) return false;
  return std::nullopt;
}

void WriteValue(JsonWriter& json, const Value& value);

void WriteMembers(JsonWriter& json, const Value::Object& object) {
  json.StartObject();
  for (const auto& [key, member] : object) {
    json.Key(key);
    WriteValue(json, member);
  }
  json.EndObject();
}

// The parser has bounded how deep it goes. NOLINTNEXTLINE(misc-no-recursion)
void WriteValue(JsonWriter& json, const Value& value) {
  if (const Value::Object* object = value.AsObject()) return WriteMembers(json, *object);
  if (const Value::List* list = value.AsList()) {
    json.StartArray();
    for (const Value& element : *list) WriteValue(json, element);
    return json.EndArray();
  }
  if (const std::string* text = value.AsText()) return json.Text(*text);
  if (const Value::Number* number = value.AsNumber()) return json.RawNumber(number->text);
  if (const bool* flag = value.AsBoolean()) return json.Boolean(*flag);
  json.Null();
}

/// What a client may get back inside an error: short, and without what ends a detail.
std::string Quoted(std::string_view text) {
  std::string quoted(text.substr(0, kMostQuoted));
  while (!quoted.empty() && !IsStorable(quoted, /*one_line=*/true)) quoted.pop_back();
  std::replace(quoted.begin(), quoted.end(), '[', '(');
  return "\"" + quoted + "\"";
}

/// Reads the attributes of one request.
class FieldReader {
 public:
  explicit FieldReader(const FieldRules& rules) : rules_(rules) {}

  void Read(const Value::Object& attributes) {
    for (const auto& [name, value] : attributes) {
      if (IsIgnored(name)) continue;
      if (name == "password" || name == "password_hash") {
        ReadPassword(name, value);
        continue;
      }
      const auto index = db::bedita::Users().Find(name);
      if (index && db::bedita::Users().attributes[*index].writable) ReadOne(*index, value);
    }
    if (rules_.creating) RequireFields(attributes);
  }

  const std::optional<Problem>& FirstProblem() const { return problem_; }
  const Violations& Broken() const { return violations_; }
  UserFields Take() { return std::move(fields_); }

 private:
  bool IsIgnored(std::string_view name) const {
    return std::find(rules_.ignored.begin(), rules_.ignored.end(), name) != rules_.ignored.end();
  }

  void Refuse(Problem problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  void ReadPassword(const std::string& name, const Value& value) {
    if (value.IsNull()) return;
    const auto text = ScalarText(value);
    if (!text) {
      violations_.Add(name, "scalar");
    } else if (!text->empty()) {
      if (auto problem = RefusePassword(rules_.settings, *text)) Refuse(*std::move(problem));
      fields_.password = *text;
    }
  }

  void ReadOne(size_t index, const Value& value) {
    const Attribute& attribute = db::bedita::Users().attributes[index];
    switch (attribute.kind) {
      case Kind::kJson:
        return ReadJson(index, attribute, value);
      case Kind::kBoolean:
        return ReadBoolean(index, attribute, value);
      case Kind::kDate:
      case Kind::kDateTime:
        return ReadMoment(index, attribute, value);
      default:
        return ReadText(index, attribute, value);
    }
  }

  void Set(size_t index, Stored stored) { fields_.values.at(index) = std::move(stored); }

  void ReadJson(size_t index, const Attribute& attribute, const Value& value) {
    const std::string* text = value.AsText();
    if (value.IsNull() || (text != nullptr && text->empty())) return Set(index, std::nullopt);
    const bool nested = value.AsObject() != nullptr || value.AsList() != nullptr;
    if (!nested) return violations_.Add(attribute.name, "json");
    std::string json = ToJsonText(value);
    if (json.size() > attribute.most_bytes)
      return violations_.Add(attribute.name, "maxLengthBytes");
    if (!IsStorable(json, /*one_line=*/false)) return violations_.Add(attribute.name, "utf8");
    Set(index, std::move(json));
  }

  void ReadBoolean(size_t index, const Attribute& attribute, const Value& value) {
    const std::string* text = value.AsText();
    if (value.IsNull() || (text != nullptr && text->empty())) return Set(index, "0");
    const auto flag = AsFlag(value);
    if (!flag) return violations_.Add(attribute.name, "boolean");
    Set(index, *flag ? "1" : "0");
  }

  void ReadMoment(size_t index, const Attribute& attribute, const Value& value) {
    if (value.IsNull()) return Set(index, std::nullopt);
    const auto text = ScalarText(value);
    if (!text || value.AsBoolean() != nullptr) return violations_.Add(attribute.name, "scalar");
    if (text->empty()) return Set(index, std::nullopt);
    const bool is_date = attribute.kind == Kind::kDate;
    const auto moment = ParseMoment(*text);
    if (!moment) {
      return violations_.Add(attribute.name, is_date ? "date" : "dateTime",
                             "Invalid date or datetime " + Quoted(*text));
    }
    Set(index, is_date ? ToStoredDate(*moment) : ToStored(*moment));
  }

  void ReadText(size_t index, const Attribute& attribute, const Value& value) {
    const auto text = ScalarText(value);
    if (!text && !value.IsNull()) return violations_.Add(attribute.name, "scalar");
    if (index == user::kStatus) return ReadStatus(text.value_or(""));
    if (index == user::kUsername && text && value.AsText() == nullptr) {
      return violations_.Add(attribute.name, "validUsername");
    }
    const bool nothing = !text || (text->empty() && index == user::kEmail);
    if (index == user::kUsername && (!text || text->empty())) {
      return violations_.Add(attribute.name, "_empty");
    }
    if (nothing) return Set(index, std::nullopt);
    if (!IsUnchanged(index, *text)) CheckText(index, attribute, *text);
    Set(index, *text);
  }

  void ReadStatus(const std::string& text) {
    if (text.empty()) {
      if (!rules_.creating) violations_.Add("status", "_empty");
      return;
    }
    if (text != "on" && text != "off" && text != "draft") {
      return violations_.Add("status", "inList");
    }
    Set(user::kStatus, text);
  }

  bool IsUnchanged(size_t index, const std::string& text) const {
    return rules_.stored != nullptr && rules_.stored->values[index] == text;
  }

  void CheckText(size_t index, const Attribute& attribute, const std::string& text) {
    if (!IsStorable(text, attribute.one_line)) return violations_.Add(attribute.name, "utf8");
    if (attribute.most_characters != 0 && CountCharacters(text) > attribute.most_characters) {
      violations_.Add(attribute.name, "maxLength");
    }
    if (attribute.most_bytes != 0 && text.size() > attribute.most_bytes) {
      const bool counts_bytes = index == user::kDescription || index == user::kBody;
      violations_.Add(attribute.name, counts_bytes ? "maxLengthBytes" : "maxLength");
    }
    CheckMeaning(index, text);
  }

  void CheckMeaning(size_t index, const std::string& text) {
    switch (index) {
      case user::kUsername:
        RefuseReserved(text);
        if (!IsUsername(text)) violations_.Add("username", "validUsername");
        return;
      case user::kUname:
        RefuseReserved(text);
        RefuseReserved(Slug(text));
        return CheckUname(text);
      case user::kEmail:
        if (!IsEmailAddress(text)) violations_.Add("email", "email");
        return;
      case user::kName:
        if (!IsPersonName(text)) violations_.Add("name", "validName");
        return;
      case user::kSurname:
        if (!IsPersonName(text)) violations_.Add("surname", "validName");
        return;
      case user::kWebsite:
        if (!text.empty() && !IsWebAddress(text)) violations_.Add("website", "url");
        return;
      case user::kLang:
        return CheckLanguage(text);
      default:
        return;
    }
  }

  void RefuseReserved(std::string_view text) {
    if (!text.starts_with(kReservedWord)) return;
    Problem problem;
    problem.status = 400;
    problem.title = R"("username" cannot start with reserved word "__deleted-")";
    Refuse(std::move(problem));
  }

  void CheckUname(std::string_view text) {
    const bool ascii = std::none_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!ascii) violations_.Add("uname", "ascii");
    if (IsNumeric(text)) violations_.Add("uname", "notNumeric");
  }

  void CheckLanguage(const std::string& text) {
    const auto& languages = rules_.settings.bedita.languages;
    if (languages.empty() || text.empty()) return;
    if (std::find(languages.begin(), languages.end(), text) != languages.end()) return;
    violations_.Add("lang", "languageTag", "Invalid language tag " + Quoted(text));
  }

  // Whatever the settings say, nobody is without a username.
  void RequireFields(const Value::Object& attributes) {
    Require("username", attributes);
    for (const std::string& name : rules_.settings.bedita.required_user_fields) {
      if (name != "username" && !IsIgnored(name)) Require(name, attributes);
    }
  }

  void Require(const std::string& name, const Value::Object& attributes) {
    const bool sent = std::any_of(attributes.begin(), attributes.end(), [&](const auto& member) {
      return member.first == name || (name == "password" && member.first == "password_hash");
    });
    if (!sent) violations_.Add(name, "_required");
  }

  const FieldRules& rules_;
  UserFields fields_;
  Violations violations_;
  std::optional<Problem> problem_;
};

std::optional<Problem> ReadMetaFlag(const Value& meta, std::string_view name,
                                    std::optional<bool>& flag) {
  const Value* value = meta.Find(name);
  if (value == nullptr || value->IsNull()) return std::nullopt;
  flag = AsFlag(*value);
  if (flag) return std::nullopt;
  Violations violations;
  violations.Add(name, "boolean");
  return violations.ToProblem();
}

}  // namespace

std::string UserFields::Text(user::Index index) const {
  const auto& value = values.at(index);
  return value ? value->value_or("") : "";
}

Result<UserFields, Problem> ReadUserFields(const Value& attributes, const FieldRules& rules) {
  static const Value::Object kNone;
  const Value::Object* object = attributes.AsObject();
  FieldReader reader(rules);
  reader.Read(object == nullptr ? kNone : *object);
  if (reader.FirstProblem()) return *reader.FirstProblem();
  if (!reader.Broken().Empty()) return reader.Broken().ToProblem();
  return reader.Take();
}

std::optional<Problem> ReadUserMeta(const Value& meta, UserFields& fields) {
  if (auto problem = ReadMetaFlag(meta, "blocked", fields.blocked)) return problem;
  return ReadMetaFlag(meta, "locked", fields.locked);
}

std::string ToJsonText(const Value& value) {
  JsonWriter json;
  WriteValue(json, value);
  return json.Take();
}

}  // namespace rosterd::bedita
