#include "handlers/cscart/body.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/media_type.h"
#include "fcgi/multipart.h"
#include "handlers/cscart/address.h"

namespace rosterd::cscart {
namespace {

using fcgi::Value;

bool IsJson(std::string_view media_type) {
  return media_type == "application/json" || media_type == "application/javascript";
}

bool IsForm(std::string_view media_type) {
  return media_type.empty() || media_type == "text/plain" ||
         media_type == "application/x-www-form-urlencoded";
}

// Whole numbers stay as written; 1e2 and 1.0 become "100" and "1", as PHP prints them.
std::string DecimalText(const std::string& text) {
  if (text.find_first_of(".eE") == std::string::npos) return text;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size() &&
                     std::trunc(number) == number && std::abs(number) < 9007199254740992.0;
  return whole ? std::to_string(static_cast<int64_t>(number)) : text;
}

// Scalars become trimmed texts, inside of lists and objects too.
Value Normalise(Value value) {
  if (const std::string* text = value.AsText()) return Value::Text(std::string(Trim(*text)));
  if (const Value::Number* number = value.AsNumber()) {
    return Value::Text(DecimalText(number->text));
  }
  if (const bool* flag = value.AsBoolean()) return Value::Text(*flag ? "1" : "");
  if (value.IsNull()) return Value::Text("");
  if (Value::List* list = value.AsList()) {
    for (Value& element : *list) element = Normalise(std::move(element));
  }
  if (Value::Object* object = value.AsObject()) {
    for (auto& member : *object) member.second = Normalise(std::move(member.second));
  }
  return value;
}

Result<Value, Problem> ReadJson(std::string_view body) {
  fcgi::JsonError error;
  auto value = fcgi::ParseJson(body, error);
  if (!value) return Problem::Message("the body is not valid JSON: " + error.message);
  if (value->IsNull()) return Value::OfObject({});
  if (value->AsObject() == nullptr) return Problem::Message("the body is not a JSON object");
  return std::move(*value);
}

Result<Value, Problem> ReadMultipart(std::string_view content_type, std::string_view body) {
  const auto parts = fcgi::ParseMultipart(content_type, body);
  if (!parts) return Problem::Message("the multipart body is broken");
  Value object = Value::OfObject({});
  for (const fcgi::Part& part : *parts) {
    if (part.file_name) continue;
    if (!fcgi::AddField(object, part.name, part.content, fcgi::Repeated::kLastWins, {})) {
      return Problem::Message("the body has too many fields");
    }
  }
  return object;
}

Result<Value, Problem> ReadForm(std::string_view body) {
  auto object = fcgi::ParseForm(body);
  if (!object) return Problem::Message("the body has too many fields");
  return std::move(*object);
}

Result<Value, Problem> ReadObject(const std::string& media_type, std::string_view content_type,
                                  std::string_view body) {
  if (Trim(body).empty()) return Value::OfObject({});
  if (IsJson(media_type)) return ReadJson(body);
  if (IsForm(media_type)) return ReadForm(body);
  return ReadMultipart(content_type, body);
}

std::string TakeOverride(Value::Object& object) {
  const auto found = std::find_if(object.begin(), object.end(),
                                  [](const auto& member) { return member.first == "_METHOD"; });
  if (found == object.end()) return {};
  const std::string* text = found->second.AsText();
  std::string method = text == nullptr ? std::string() : *text;
  object.erase(found);
  return method;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks(" \t\n\r\v\0", 6);
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool IsSupportedBody(std::string_view content_type) {
  const std::string media_type = fcgi::MediaType(content_type);
  return IsJson(media_type) || IsForm(media_type) || media_type == "multipart/form-data";
}

Result<Body, Problem> ParseBody(std::string_view content_type, std::string_view body) {
  const std::string media_type = fcgi::MediaType(content_type);
  auto object = ReadObject(media_type, content_type, body);
  if (!object) return object.error();
  if (!IsUtf8Throughout(*object)) return Problem::Message("the body is not valid UTF-8");

  Body result;
  Value fields = Normalise(std::move(*object));
  if (!IsJson(media_type)) result.override_method = TakeOverride(*fields.AsObject());
  result.fields = Fields(std::move(fields));
  return result;
}

}  // namespace rosterd::cscart
