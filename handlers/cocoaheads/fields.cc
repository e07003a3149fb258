#include "handlers/cocoaheads/fields.h"

#include <utility>

#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/media_type.h"
#include "fcgi/multipart.h"

namespace rosterd::cocoaheads {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr int kMostDepth = 16;

enum class BodyType { kJson, kForm, kMultipart, kOther };

BodyType TypeOf(const fcgi::Request& request) {
  const std::string type = fcgi::MediaType(request.content_type);
  if (type == "application/json" || type == "text/javascript") return BodyType::kJson;
  if (type == "application/x-www-form-urlencoded") return BodyType::kForm;
  if (type == "multipart/form-data") return BodyType::kMultipart;
  if (!type.empty() || !request.content_type.empty()) return BodyType::kOther;
  return Trim(request.body).starts_with('{') ? BodyType::kJson : BodyType::kForm;
}

bool HoldsNul(const fcgi::Value& value) {
  const std::string* text = value.AsText();
  return text != nullptr && text->find('\0') != std::string::npos;
}

Result<Fields, Problem> ReadJson(std::string_view body, Fields fields) {
  fcgi::JsonError error;
  const fcgi::JsonLimits limits{.depth = kMostDepth, .last_duplicate_wins = true};
  auto value = fcgi::ParseJson(body, error, limits);
  if (!value) return Problem::Bad("The body is no valid JSON");
  fcgi::Value::Object* const members = value->AsObject();
  if (members == nullptr) return Problem::Bad("The body must be a JSON object");
  fields.SetJson();
  for (auto& [name, member] : *members) {
    if (HoldsNul(member)) return Problem::Bad("A value holds a NUL");
    fields.Set(std::move(name), {.value = std::move(member)});
  }
  return fields;
}

Result<Fields, Problem> ReadForm(std::string_view body, Fields fields) {
  auto form = fcgi::ParseForm(body);
  if (!form) return Problem::Bad("The form has too many fields");
  for (auto& [name, value] : *form->AsObject()) {
    fields.Set(std::move(name), {.value = std::move(value)});
  }
  return fields;
}

Result<Fields, Problem> ReadMultipart(const fcgi::Request& request, Fields fields) {
  auto parts = fcgi::ParseMultipart(request.content_type, request.body);
  if (!parts) return Problem::Bad("The multipart body is malformed");
  for (fcgi::Part& part : *parts) {
    fields.Set(std::move(part.name), {.value = fcgi::Value::Text(std::move(part.content)),
                                      .is_file = part.file_name.has_value()});
  }
  return fields;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Result<std::optional<std::string>, Problem> Fields::Text(const std::string& name) const {
  using Found = std::optional<std::string>;
  const auto field = fields_.find(name);
  if (field == fields_.end()) return Found();
  const fcgi::Value& value = field->second.value;
  if (value.IsNull()) return null_is_empty_ ? Found("") : Found();
  if (const auto* number = value.AsNumber()) return Found(number->text);
  const std::string* text = value.AsText();
  if (text == nullptr || field->second.is_file) return Problem::Bad(name + " must be a text");
  if (HoldsNul(value) || !fcgi::IsUtf8(*text)) {
    return Problem::Bad(name + " must be valid UTF-8 without NUL");
  }
  return Found(*text);
}

const std::string* Fields::Raw(const std::string& name) const {
  const auto field = fields_.find(name);
  if (field == fields_.end() || field->second.is_file) return nullptr;
  return field->second.value.AsText();
}

const std::string* Fields::File(const std::string& name) const {
  const auto field = fields_.find(name);
  if (field == fields_.end() || !field->second.is_file) return nullptr;
  return field->second.value.AsText();
}

Result<Fields, Problem> ReadFields(const fcgi::Request& request, size_t most) {
  Fields fields(/*null_is_empty=*/request.method == "PATCH");
  if (request.body.size() > most) return Problem::Plain(413);
  if (request.body.empty()) return fields;
  switch (TypeOf(request)) {
    case BodyType::kJson:
      return ReadJson(request.body, std::move(fields));
    case BodyType::kForm:
      return ReadForm(request.body, std::move(fields));
    case BodyType::kMultipart:
      return ReadMultipart(request, std::move(fields));
    case BodyType::kOther:
      break;
  }
  return Problem::Plain(415);
}

}  // namespace rosterd::cocoaheads
