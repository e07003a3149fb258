#include "handlers/brightact/body.h"

#include <algorithm>
#include <utility>

#include "fcgi/ascii.h"
#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/media_type.h"
#include "fcgi/multipart.h"
#include "fcgi/value.h"

namespace rosterd::brightact {
namespace {

using Fields = std::vector<Body::Field>;

constexpr size_t kMostFields = 1000;

Problem Broken() { return Problem::Of(400, "The body cannot be read."); }

bool IsText(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && fcgi::IsUtf8(bytes);
}

/// "name[0]" is a list called "name".
Body::Field ToField(std::string name, std::optional<std::string> value) {
  const size_t bracket = name.find('[');
  if (bracket != std::string::npos) {
    name.resize(bracket);
    value.reset();
  }
  if (value && !IsText(*value)) value.reset();
  return {std::move(name), std::move(value)};
}

Result<Body, Problem> ReadForm(std::string_view body) {
  Fields fields;
  while (!body.empty()) {
    std::string_view value = fcgi::CutUntil(body, '&');
    if (value.empty()) continue;
    if (fields.size() == kMostFields) return Broken();
    const std::string_view name = fcgi::CutUntil(value, '=');
    fields.push_back(ToField(fcgi::PercentDecode(name, /*plus_is_space=*/true),
                             fcgi::PercentDecode(value, /*plus_is_space=*/true)));
  }
  return Body(std::move(fields));
}

Result<Body, Problem> ReadMultipart(std::string_view content_type, std::string_view body) {
  auto parts = fcgi::ParseMultipart(content_type, body);
  if (!parts) return Broken();
  Fields fields;
  for (fcgi::Part& part : *parts) {
    std::optional<std::string> value;
    if (!part.file_name) value = std::move(part.content);
    fields.push_back(ToField(std::move(part.name), std::move(value)));
  }
  return Body(std::move(fields));
}

// Numbers are taken as they were written, null as blank.
std::optional<std::string> ToText(const fcgi::Value& value) {
  if (const std::string* text = value.AsText()) return *text;
  if (const fcgi::Value::Number* number = value.AsNumber()) return number->text;
  if (value.IsNull()) return std::string();
  return std::nullopt;
}

Result<Body, Problem> ReadJson(std::string_view body) {
  fcgi::JsonError error;
  const auto value = fcgi::ParseJson(body, error, {.last_duplicate_wins = true});
  if (!value) return Problem::Of(400, "The body is not valid JSON: " + error.message);
  const fcgi::Value::Object* object = value->AsObject();
  if (object == nullptr) return Problem::Of(400, "The body is not a JSON object.");
  Fields fields;
  for (const auto& [name, member] : *object) fields.push_back(ToField(name, ToText(member)));
  return Body(std::move(fields));
}

}  // namespace

const Body::Field* Body::Find(std::string_view name) const {
  const auto found = std::find_if(fields_.rbegin(), fields_.rend(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields_.rend() ? nullptr : &*found;
}

Result<Body, Problem> ReadBody(const fcgi::Request& request, size_t max_body) {
  if (request.body.size() > max_body) return Problem::Of(413);
  if (request.body.empty()) return Body();
  const std::string type = fcgi::MediaType(request.content_type);
  if (type.empty() || type == "application/x-www-form-urlencoded") return ReadForm(request.body);
  if (type == "multipart/form-data") return ReadMultipart(request.content_type, request.body);
  if (type == "application/json") return ReadJson(request.body);
  return Problem::Of(415);
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r\v\f";
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace rosterd::brightact
