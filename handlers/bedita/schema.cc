#include "handlers/bedita/schema.h"

#include <cstdint>
#include <vector>

#include "db/bedita/attributes.h"
#include "fcgi/ascii.h"
#include "handlers/json_writer.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Attribute;
using db::bedita::Kind;

const db::bedita::Resource& ResourceOf(std::string_view type) {
  return type == "users" ? db::bedita::Users() : db::bedita::Roles();
}

// "person_title" as "Person Title".
std::string TitleOf(std::string_view name) {
  std::string title;
  bool starts = true;
  for (const char byte : name) {
    const bool letter = byte >= 'a' && byte <= 'z';
    title += byte == '_' ? ' ' : (starts && letter ? static_cast<char>(byte - 'a' + 'A') : byte);
    starts = byte == '_';
  }
  return title;
}

std::string_view FormatOf(const Attribute& attribute) {
  if (attribute.kind == Kind::kDateTime) return "date-time";
  if (attribute.kind == Kind::kDate) return "date";
  if (attribute.name == "email") return "email";
  return attribute.name == "website" ? "uri" : "";
}

std::string_view TypeOf(Kind kind) {
  switch (kind) {
    case Kind::kBoolean:
      return "boolean";
    case Kind::kNumber:
      return "integer";
    case Kind::kList:
      return "array";
    case Kind::kText:
    case Kind::kStatus:
    case Kind::kDateTime:
    case Kind::kDate:
    case Kind::kJson:
      break;
  }
  return "string";
}

void WriteStatuses(JsonWriter& json, const config::Bedita& settings) {
  json.Key("enum");
  json.StartArray();
  for (const char* status : {"on", "off", "draft"}) json.Text(status);
  json.EndArray();
  Field(json, "default", settings.new_user_status);
}

void WriteKind(JsonWriter& json, const Attribute& attribute, const config::Bedita& settings) {
  Field(json, "type", TypeOf(attribute.kind));
  const std::string_view format = FormatOf(attribute);
  if (!format.empty()) Field(json, "format", format);
  if (attribute.most_characters > 0) NumberField(json, "maxLength", attribute.most_characters);
  if (attribute.kind == Kind::kStatus) WriteStatuses(json, settings);
  if (attribute.kind == Kind::kBoolean && attribute.writable) {
    json.Key("default");
    json.Boolean(false);
  }
}

void WriteNullable(JsonWriter& json, const Attribute& attribute, const config::Bedita& settings) {
  json.Key("oneOf");
  json.StartArray();
  json.StartObject();
  Field(json, "type", "null");
  json.EndObject();
  json.StartObject();
  WriteKind(json, attribute, settings);
  json.EndObject();
  json.EndArray();
}

void WriteLabels(JsonWriter& json, std::string_view name) {
  Field(json, "$id", "/properties/" + std::string(name));
  Field(json, "title", TitleOf(name));
  json.Key("description");
  json.Null();
}

void WriteProperty(JsonWriter& json, const Attribute& attribute, const config::Bedita& settings) {
  json.Key(attribute.name);
  json.StartObject();
  // Any object or list will do for JSON.
  if (attribute.kind != Kind::kJson) {
    if (attribute.nullable) {
      WriteNullable(json, attribute, settings);
    } else {
      WriteKind(json, attribute, settings);
    }
  }
  if (!attribute.writable) {
    json.Key("readOnly");
    json.Boolean(true);
  }
  WriteLabels(json, attribute.name);
  json.EndObject();
}

void WritePassword(JsonWriter& json) {
  json.Key("password");
  json.StartObject();
  Field(json, "type", "string");
  json.Key("writeOnly");
  json.Boolean(true);
  WriteLabels(json, "password");
  json.EndObject();
}

void WriteProperties(JsonWriter& json, std::string_view type, const config::Bedita& settings) {
  json.Key("properties");
  json.StartObject();
  for (const Attribute& attribute : ResourceOf(type).attributes) {
    WriteProperty(json, attribute, settings);
  }
  if (type == "users") WritePassword(json);
  json.EndObject();
}

std::vector<std::string> RequiredOf(std::string_view type, const config::Bedita& settings) {
  return type == "users" ? settings.required_user_fields : std::vector<std::string>{"name"};
}

void WriteTexts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.Key(key);
  json.StartArray();
  for (const std::string& text : texts) json.Text(text);
  json.EndArray();
}

// FNV-1a, 32 bits.
uint32_t Mix(uint32_t hash, std::string_view text) {
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
  }
  return hash;
}

// Of the properties as they are with the settings as shipped; the tables never change.
uint32_t HashOf(std::string_view type) {
  JsonWriter json;
  json.StartObject();
  WriteProperties(json, type, {});
  json.EndObject();
  return Mix(2166136261U, json.View());
}

}  // namespace

std::string SchemaOf(const Call& call, std::string_view type) {
  JsonWriter json;
  json.StartObject();
  json.Key("definitions");
  json.StartObject();
  json.EndObject();
  Field(json, "$id", call.base + "/model/schema/" + std::string(type));
  Field(json, "$schema", "http://json-schema.org/draft-06/schema#");
  Field(json, "type", "object");
  WriteProperties(json, type, call.Settings());
  WriteTexts(json, "required", RequiredOf(type, call.Settings()));
  if (type == "users") {
    WriteTexts(json, "associations", {});
    json.Key("relations");
    json.StartObject();
    json.EndObject();
    WriteTexts(json, "translatable", {});
  }
  Field(json, "revision", SchemaRevision(call, type));
  json.EndObject();
  return json.Take();
}

std::string SchemaRevision(const Call& call, std::string_view type) {
  static const uint32_t kUsers = HashOf("users");
  static const uint32_t kRoles = HashOf("roles");
  if (type != "users") return std::to_string(kRoles);
  const config::Bedita& settings = call.Settings();
  uint32_t hash = Mix(kUsers, settings.new_user_status);
  for (const std::string& field : settings.required_user_fields) hash = Mix(hash, "," + field);
  return std::to_string(hash);
}

}  // namespace rosterd::bedita
