#include "handlers/bedita/body.h"

#include <algorithm>
#include <utility>

#include "db/ids.h"
#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/media_type.h"

namespace rosterd::bedita {
namespace {

using fcgi::Value;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kJsonApi = "application/vnd.api+json";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

// The text of an id, however it was written; nothing when there is none.
Result<std::optional<std::string>, Problem> IdOf(const Value& resource) {
  using Id = std::optional<std::string>;
  const Value* id = resource.Find("id");
  if (id == nullptr || id->IsNull()) return Id();
  if (const auto* number = id->AsNumber()) return Id(number->text);
  const std::string* text = id->AsText();
  if (text == nullptr) return Problem::BadInput("Key `id` must be a string");
  return text->empty() ? Id() : Id(*text);
}

Result<std::string, Problem> TypeOf(const Value& resource) {
  const Value* type = resource.Find("type");
  const std::string* text = type == nullptr ? nullptr : type->AsText();
  if (text == nullptr || text->empty()) return Problem::BadInput("Key `type` is mandatory");
  return *text;
}

// A member that is an object, or is not there.
Result<Value, Problem> ObjectOf(const Value& resource, std::string_view name) {
  const Value* member = resource.Find(name);
  // An empty list is what PHP makes of an empty object.
  const bool none = member == nullptr || member->IsNull() ||
                    (member->AsList() != nullptr && member->AsList()->empty());
  if (none) return Value::OfObject({});
  if (member->AsObject() == nullptr) {
    return Problem::BadInput("Key `" + std::string(name) + "` must be an object");
  }
  return *member;
}

Problem NoData() { return {400, "Invalid JSON input"}; }

bool IsOther(const BodyRule& rule, const std::string& type) {
  return !rule.type.empty() && type != rule.type;
}

Result<Body, Problem> ReadResource(const BodyRule& rule, const fcgi::Request& request,
                                   const Value* json) {
  Body body;
  if (json == nullptr && request.method == "POST") return body;
  const Value* data = json == nullptr ? nullptr : json->Find("data");
  if (data == nullptr) return NoData();
  body.empty = false;
  if (data->AsObject() == nullptr) return Problem::BadInput("Key `type` is mandatory");
  auto type = TypeOf(*data);
  if (!type) return type.error();
  auto id = IdOf(*data);
  if (!id && request.method == "POST") return id.error();
  // Neither text nor number: it differs from the one of the path, as a missing one does.
  if (!id) id = std::optional<std::string>();
  auto attributes = ObjectOf(*data, "attributes");
  if (!attributes) return attributes.error();
  auto meta = ObjectOf(*data, "meta");
  if (!meta) return meta.error();
  if (IsOther(rule, *type)) return Problem::OtherType();
  if (request.method == "POST" && *id) {
    return Problem{403, "Client-generated IDs are not supported"};
  }
  std::erase_if(*attributes->AsObject(), [](const Value::Member& member) {
    return member.first == "id" || member.first == "type";
  });
  body.id = *std::move(id);
  body.attributes = *std::move(attributes);
  body.meta = *std::move(meta);
  return body;
}

Result<uint64_t, Problem> ReadIdentifier(const BodyRule& rule, const Value& item) {
  const auto type = TypeOf(item);
  if (!type) return type.error();
  const auto id = IdOf(item);
  if (!id) return id.error();
  if (!*id) return Problem::BadInput("Key `id` is mandatory");
  if (IsOther(rule, *type)) return Problem::OtherType();
  return ParseId(**id).value_or(0);
}

Result<Body, Problem> ReadIdentifiers(const BodyRule& rule, const Value* json) {
  const Value* data = json == nullptr ? nullptr : json->Find("data");
  if (data == nullptr) return NoData();
  Body body;
  body.empty = false;
  if (data->IsNull()) return body;
  const Value::List one = data->AsList() == nullptr ? Value::List{*data} : Value::List{};
  const Value::List& items = data->AsList() == nullptr ? one : *data->AsList();
  for (const Value& item : items) {
    const auto id = ReadIdentifier(rule, item);
    if (!id) return id.error();
    body.ids.push_back(*id);
  }
  std::ranges::sort(body.ids);
  body.ids.erase(std::unique(body.ids.begin(), body.ids.end()), body.ids.end());
  return body;
}

bool IsCleanForm(const Value& value) {
  if (const std::string* text = value.AsText()) return fcgi::IsUtf8(*text);
  if (const auto* list = value.AsList()) return std::ranges::all_of(*list, IsCleanForm);
  const auto* object = value.AsObject();
  return object == nullptr || std::ranges::all_of(*object, [](const Value::Member& member) {
           return fcgi::IsUtf8(member.first) && IsCleanForm(member.second);
         });
}

Result<Body, Problem> ReadFlat(const fcgi::Request& request, const Value* json) {
  Body body;
  if (json != nullptr) {
    body.empty = false;
    const bool empty_list = json->AsList() != nullptr && json->AsList()->empty();
    if (json->IsNull() || empty_list) return body;
    if (json->AsObject() == nullptr) return NoData();
    body.fields = *json;
    return body;
  }
  if (request.body.empty() || fcgi::MediaType(request.content_type) != kForm) return body;
  auto form = fcgi::ParseForm(request.body);
  if (!form || !IsCleanForm(*form)) return Problem::Plain(400);
  body.empty = false;
  body.fields = *std::move(form);
  return body;
}

}  // namespace

bool Body::IsAbout(uint64_t wanted) const { return id && ParseId(*id) == wanted; }

bool IsJsonType(std::string_view content_type) {
  const std::string type = fcgi::MediaType(content_type);
  return type == kJson || type == kJsonApi;
}

bool IsSupported(const BodyRule& rule, const fcgi::Request& request) {
  if (rule.kind == BodyRule::Kind::kNone || request.body.empty()) return true;
  if (IsJsonType(request.content_type)) return true;
  return rule.kind == BodyRule::Kind::kFlat && fcgi::MediaType(request.content_type) == kForm;
}

Result<Body, Problem> ReadBody(const BodyRule& rule, const fcgi::Request& request,
                               const fcgi::Value* json) {
  switch (rule.kind) {
    case BodyRule::Kind::kResource:
      return ReadResource(rule, request, json);
    case BodyRule::Kind::kIdentifiers:
      return ReadIdentifiers(rule, json);
    case BodyRule::Kind::kFlat:
      return ReadFlat(request, json);
    case BodyRule::Kind::kNone:
      break;
  }
  return Body();
}

}  // namespace rosterd::bedita
