#include "handlers/bedita/record_view.h"

#include <algorithm>
#include <utility>

#include "fcgi/ascii.h"
#include "fcgi/json.h"
#include "handlers/bedita/list_query.h"
#include "handlers/bedita/moment.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Attribute;
using db::bedita::Kind;
using db::bedita::Place;
using db::bedita::Record;

/// What an import left that is no JSON is shown as nothing.
void WriteJson(JsonWriter& json, const std::string& text) {
  fcgi::JsonError error;
  if (fcgi::ParseJson(text, error)) {
    json.Raw(text);
  } else {
    json.Null();
  }
}

void WriteValue(JsonWriter& json, Kind kind, const std::optional<std::string>& value) {
  if (kind == Kind::kList) {
    json.StartArray();
    return json.EndArray();
  }
  if (!value) return json.Null();
  switch (kind) {
    case Kind::kBoolean:
      return json.Boolean(*value == "1");
    case Kind::kNumber:
      return json.RawNumber(*value);
    case Kind::kDateTime:
      return json.Text(ToWire(*value));
    case Kind::kJson:
      return WriteJson(json, *value);
    default:
      return json.Text(*value);
  }
}

template <typename Visit>
void ForEachPosition(const View& view, Visit visit) {
  if (view.asked) {
    for (const size_t i : *view.asked) visit(i);
    return;
  }
  for (size_t i = 0; i < view.resource.attributes.size(); ++i) {
    if (view.choice.test(i)) visit(i);
  }
}

// Without `fields` the four of conflict C2 stand in both places.
bool StandsIn(const View& view, const Attribute& attribute, Place place) {
  if (attribute.place == Place::kBoth) return !view.asked || place == Place::kMeta;
  return attribute.place == place;
}

// The published page has them at the end of the attributes.
bool StandsLast(const Attribute& attribute) {
  return attribute.place == Place::kBoth && attribute.kind == Kind::kDateTime;
}

void WriteMembers(Resource& out, const View& view, const Record& record) {
  const auto write_attributes = [&](bool last) {
    ForEachPosition(view, [&](size_t i) {
      const Attribute& attribute = view.resource.attributes[i];
      if (StandsLast(attribute) != last || !StandsIn(view, attribute, Place::kAttributes)) return;
      WriteValue(out.Attribute(attribute.name), attribute.kind, record.values[i]);
    });
  };
  write_attributes(/*last=*/false);
  write_attributes(/*last=*/true);
  ForEachPosition(view, [&](size_t i) {
    const Attribute& attribute = view.resource.attributes[i];
    if (!StandsIn(view, attribute, Place::kMeta)) return;
    WriteValue(out.Meta(attribute.name), attribute.kind, record.values[i]);
  });
}

/// The names that `fields` has for a type; nothing when it asks for everything.
std::optional<std::vector<std::string>> AskedNames(const Call& call, std::string_view type) {
  const fcgi::Value* value = call.query.Find("fields");
  if (value == nullptr) return std::nullopt;
  if (value->AsObject() != nullptr) value = value->Find(type);
  if (value == nullptr || value->AsText() == nullptr) return std::nullopt;
  auto names = SplitList(*value->AsText());
  if (names.empty()) return std::nullopt;
  return names;
}

}  // namespace

View ChooseView(const Call& call, const db::bedita::Resource& resource,
                const db::bedita::Choice& visible) {
  View view{resource, visible};
  const auto names = AskedNames(call, resource.type);
  if (!names) return view;
  view.choice.reset();
  view.asked.emplace();
  const auto add = [&](size_t position) {
    if (view.choice.test(position)) return;
    view.choice.set(position);
    view.asked->push_back(position);
  };
  for (const std::string& name : *names) {
    const auto position = resource.Find(name);
    if (position && visible.test(*position)) add(*position);
  }
  const bool users = &resource == &db::bedita::Users();
  if (users && visible.test(db::bedita::user::kExternalAuth)) add(db::bedita::user::kExternalAuth);
  return view;
}

Result<Includes, Problem> ReadIncludes(const Call& call, const db::bedita::Resource& resource) {
  const auto refuse = [](std::string title) {
    Problem problem;
    problem.status = 400;
    problem.title = std::move(title);
    return problem;
  };
  Includes includes;
  const fcgi::Value* value = call.query.Find("include");
  if (value == nullptr) return includes;
  if (value->AsText() == nullptr) {
    return refuse(R"(Invalid "include" query parameter (Must be a comma-separated string))");
  }
  const bool users = &resource == &db::bedita::Users();
  for (const std::string& name : SplitList(*value->AsText())) {
    if (name.find('.') != std::string::npos) {
      return refuse("Inclusion of nested resources is not yet supported");
    }
    if (name == "parents" || name == "translations") continue;
    if (name != (users ? "roles" : "users")) {
      return refuse(R"(Invalid "include" query parameter (Relationship ")" + name +
                    R"(" does not exist))");
    }
    (users ? includes.roles : includes.users) = true;
  }
  return includes;
}

void WriteRecord(const Call& call, JsonWriter& json, const View& view, const Record& record,
                 const Framing& framing) {
  Resource out(call, json, view.resource.type, record.id);
  if (!framing.bare) WriteMembers(out, view, record);
  if (!framing.self.empty()) out.Self(framing.self);
  if (framing.related) {
    out.Relation(&view.resource == &db::bedita::Users() ? "roles" : "users", framing.linked);
  }
  out.End();
}

}  // namespace rosterd::bedita
