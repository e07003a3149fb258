#include "handlers/bedita/document.h"

#include <algorithm>
#include <utility>

#include "handlers/bedita/schema.h"
#include "handlers/plain_text.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kUsualKeys = 64;  // bytes

// In JSON these four stand inside of texts only.
void AppendEscaped(std::string& to, std::string_view json) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  while (true) {
    const size_t plain = PlainSize<0, '<', '>', '&', '\''>(json);
    to.append(json.substr(0, plain));
    if (plain == json.size()) return;
    const auto byte = static_cast<unsigned char>(json[plain]);
    to.append("\\u00");
    to += kDigits[byte >> 4U];
    to += kDigits[byte & 15U];
    json.remove_prefix(plain + 1);
  }
}

fcgi::Response EmptyResponse(int status, std::string_view type) {
  fcgi::Response response;
  response.status = status;
  response.SetHeader("Content-Type", std::string(type));
  return response;
}

/// In an object that is escaped already.
void AddMember(std::string& object, std::string_view key, const JsonWriter& value) {
  if (value.View().empty()) return;
  if (!object.ends_with('{')) object += ',';
  object.append("\"").append(key).append("\":");
  AppendEscaped(object, value.View());
}

void WriteOrNull(JsonWriter& json, std::string_view key, bool present, const std::string& url) {
  json.Key(key);
  if (present) {
    json.Text(url);
  } else {
    json.Null();
  }
}

void WriteSelfAndHome(JsonWriter& json, const Call& call) {
  Field(json, "self", call.Self());
  Field(json, "home", call.base + "/home");
}

void WritePageLinks(JsonWriter& json, const Call& call, const Page& page) {
  const auto url = [&](uint64_t number) {
    return call.base + call.path + call.query.WithPage(number);
  };
  const uint64_t pages = page.Pages();
  Field(json, "first", url(1));
  Field(json, "last", url(pages));
  WriteOrNull(json, "prev", page.number > 1, url(page.number - 1));
  WriteOrNull(json, "next", page.number < pages, url(page.number + 1));
}

void WritePagination(JsonWriter& json, const Page& page) {
  json.Key("pagination");
  json.StartObject();
  NumberField(json, "count", page.count);
  NumberField(json, "page", page.number);
  NumberField(json, "page_count", page.Pages());
  NumberField(json, "page_items", page.items);
  NumberField(json, "page_size", page.size);
  json.EndObject();
}

}  // namespace

uint64_t Page::Pages() const {
  const uint64_t whole = std::max<uint64_t>(size, 1);
  return std::max<uint64_t>(1, (count + whole - 1) / whole);
}

JsonWriter& Document::Included() {
  if (!has_included_) included_.StartArray();
  has_included_ = true;
  return included_;
}

JsonWriter& Document::Meta(std::string_view name) {
  if (!has_meta_) meta_.StartObject();
  has_meta_ = true;
  meta_.Key(name);
  return meta_;
}

void Document::UseSchema(std::string_view type) {
  if (std::ranges::find(schemas_, type) == schemas_.end()) schemas_.emplace_back(type);
}

void Document::SetAvailable(std::string_view path) { available_ = path; }

fcgi::Response Document::Send(int status) {
  if (page_) {
    if (!has_meta_) meta_.StartObject();
    has_meta_ = true;
    WritePagination(meta_, *page_);
  }
  if (!schemas_.empty()) {
    JsonWriter& meta = Meta("schema");
    meta.StartObject();
    for (const std::string& type : schemas_) WriteSchema(meta, type);
    meta.EndObject();
  }
  if (has_meta_) meta_.EndObject();
  if (has_included_) included_.EndArray();

  JsonWriter links;
  WriteLinks(links);
  fcgi::Response response = EmptyResponse(status, call_.type);
  std::string& json = response.body;
  const size_t size = data_.View().size() + included_.View().size() + meta_.View().size();
  // Some letters become six.
  json.reserve(size + size / 16 + links.View().size() + kUsualKeys);
  json = "{";
  AddMember(json, "data", data_);
  AddMember(json, "links", links);
  AddMember(json, "meta", meta_);
  AddMember(json, "included", included_);
  json += '}';
  return response;
}

void Document::WriteSchema(JsonWriter& json, const std::string& type) const {
  json.Key(type);
  json.StartObject();
  Field(json, "$id", call_.base + "/model/schema/" + type);
  Field(json, "revision", SchemaRevision(call_, type));
  json.EndObject();
}

void Document::WriteLinks(JsonWriter& json) const {
  json.StartObject();
  if (!available_.empty()) Field(json, "available", call_.base + available_);
  WriteSelfAndHome(json, call_);
  if (page_) WritePageLinks(json, call_, *page_);
  json.EndObject();
}

Resource::Resource(const Call& call, JsonWriter& json, std::string_view type, uint64_t id)
    : call_(call), json_(json), type_(type), id_(id) {
  json_.StartObject();
  WriteId(call_, json_, type_, id_);
}

void Resource::Enter(Part part) {
  if (part_ == part) return;
  if (part_ != Part::kNone) json_.EndObject();
  part_ = part;
  if (part == Part::kNone) return;
  json_.Key(part == Part::kAttributes ? "attributes"
                                      : (part == Part::kMeta ? "meta" : "relationships"));
  json_.StartObject();
}

JsonWriter& Resource::Member(Part part, std::string_view name) {
  Enter(part);
  json_.Key(name);
  return json_;
}

void Resource::Self(std::string_view path) {
  Enter(Part::kNone);
  json_.Key("links");
  json_.StartObject();
  json_.Key("self");
  json_.Joined({call_.base, path});
  json_.EndObject();
}

void Resource::Relation(std::string_view name, const std::optional<std::vector<uint64_t>>& ids) {
  Member(Part::kRelationships, name);
  json_.StartObject();
  if (ids) {
    json_.Key("data");
    json_.StartArray();
    for (const uint64_t id : *ids) {
      json_.StartObject();
      WriteId(call_, json_, name, id);
      json_.EndObject();
    }
    json_.EndArray();
  }
  const std::string id = std::to_string(id_);
  json_.Key("links");
  json_.StartObject();
  json_.Key("related");
  json_.Joined({call_.base, "/", type_, "/", id, "/", name});
  json_.Key("self");
  json_.Joined({call_.base, "/", type_, "/", id, "/relationships/", name});
  json_.EndObject();
  json_.EndObject();
}

void Resource::End() {
  Enter(Part::kNone);
  json_.EndObject();
}

void WriteId(const Call& call, JsonWriter& json, std::string_view type, uint64_t id) {
  json.Key("id");
  if (call.Settings().numeric_user_ids && type == "users") {
    json.Number(id);
  } else {
    json.Text(std::to_string(id));
  }
  Field(json, "type", type);
}

fcgi::Response WrittenResponse(std::string_view type, std::string body) {
  fcgi::Response response = EmptyResponse(200, type);
  response.body = std::move(body);
  return response;
}

fcgi::Response JsonResponse(int status, std::string_view type, std::string_view json) {
  fcgi::Response response = EmptyResponse(status, type);
  response.body.reserve(json.size());
  AppendEscaped(response.body, json);
  return response;
}

fcgi::Response ToResponse(const Call& call, const Problem& problem) {
  JsonWriter json;
  json.StartObject();
  json.Key("error");
  json.StartObject();
  // Clients take the first two members by their places.
  Field(json, "status", std::to_string(problem.status));
  Field(json, "title", problem.title);
  if (!problem.detail.empty()) Field(json, "detail", problem.detail);
  if (!problem.code.empty()) Field(json, "code", problem.code);
  json.EndObject();
  json.Key("links");
  json.StartObject();
  WriteSelfAndHome(json, call);
  json.EndObject();
  json.EndObject();
  fcgi::Response response = JsonResponse(problem.status, call.type, json.View());
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

}  // namespace rosterd::bedita
