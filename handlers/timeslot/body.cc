#include "handlers/timeslot/body.h"

#include <algorithm>

#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/media_type.h"
#include "fcgi/multipart.h"
#include "handlers/timeslot/text.h"

namespace rosterd::timeslot {
namespace {

using fcgi::Value;

bool IsUtf8Throughout(const Value& value) {
  if (const std::string* text = value.AsText()) return fcgi::IsUtf8(*text);
  if (const Value::List* list = value.AsList()) {
    return std::all_of(list->begin(), list->end(), IsUtf8Throughout);
  }
  if (const Value::Object* object = value.AsObject()) {
    return std::all_of(object->begin(), object->end(), [](const Value::Member& member) {
      return fcgi::IsUtf8(member.first) && IsUtf8Throughout(member.second);
    });
  }
  return true;
}

// The framework reads both as null (8.3).
bool IsNullList(const Value& value) {
  const Value::List* list = value.AsList();
  return list != nullptr && std::all_of(list->begin(), list->end(),
                                        [](const Value& element) { return element.IsNull(); });
}

std::optional<Value> ReadJson(std::string_view text) {
  fcgi::JsonError error;
  fcgi::JsonLimits limits;
  limits.last_duplicate_wins = true;
  auto value = fcgi::ParseJson(text, error, limits);
  if (value && value->AsObject() == nullptr) return Value::OfObject({});
  return value;
}

std::optional<Value> ReadMultipart(std::string_view content_type, std::string_view text) {
  const auto parts = fcgi::ParseMultipart(content_type, text);
  if (!parts) return std::nullopt;
  Value object = Value::OfObject({});
  for (const fcgi::Part& part : *parts) {
    if (part.file_name) continue;
    if (!fcgi::AddField(object, part.name, part.content, fcgi::Repeated::kLastWins, {})) {
      return std::nullopt;
    }
  }
  return object;
}

std::optional<Value> ReadObject(const fcgi::Request& request) {
  const std::string type = fcgi::MediaType(request.content_type);
  if (request.body.empty()) return Value::OfObject({});
  if (type == "application/json") return ReadJson(request.body);
  if (type == "multipart/form-data") return ReadMultipart(request.content_type, request.body);
  if (type.empty() || type == "application/x-www-form-urlencoded") {
    return fcgi::ParseForm(request.body);
  }
  return Value::OfObject({});
}

}  // namespace

Scalar ToScalar(const Value& value) {
  if (value.IsNull() || IsNullList(value)) return {.state = Scalar::State::kNull, .text = {}};
  if (const std::string* text = value.AsText()) {
    return {.state = Scalar::State::kText, .text = *text, .is_string = true};
  }
  if (const Value::Number* number = value.AsNumber()) {
    return {.state = Scalar::State::kText, .text = number->text};
  }
  if (const bool* flag = value.AsBoolean()) {
    return {.state = Scalar::State::kText, .text = *flag ? "true" : "false"};
  }
  return {};
}

bool IsBlank(const Value& value) {
  if (value.IsNull() || IsNullList(value)) return true;
  if (const std::string* text = value.AsText()) return IsBlank(*text);
  if (const bool* flag = value.AsBoolean()) return !*flag;
  const Value::Object* object = value.AsObject();
  return object != nullptr && object->empty();
}

Scalar Body::Get(std::string_view name) const {
  const Value* value = Find(name);
  return value == nullptr ? Scalar() : ToScalar(*value);
}

bool Body::IsBlank(std::string_view name) const {
  const Value* value = Find(name);
  return value == nullptr || timeslot::IsBlank(*value);
}

std::optional<Body> ReadBody(const fcgi::Request& request) {
  auto object = ReadObject(request);
  if (!object || !IsUtf8Throughout(*object)) return std::nullopt;
  return Body(std::move(*object));
}

}  // namespace rosterd::timeslot
