#include "handlers/cscart/address.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fcgi/form.h"
#include "fcgi/json.h"
#include "fcgi/path.h"

namespace rosterd::cscart {
namespace {

using fcgi::Value;

// A shop in a sub-folder has at most so many segments in front of "api".
constexpr size_t kMostFolders = 2;

// Parameters that are lists, where x=1&x=2 means both; everywhere else the last one wins.
constexpr std::array<std::string_view, 5> kListNames = {"user_ids", "user_id", "exclude_user_ids",
                                                        "user_types", "exclude_user_types"};

bool IsVersionLike(std::string_view segment) {
  const auto digit_or_dot = [](char byte) { return (byte >= '0' && byte <= '9') || byte == '.'; };
  return !segment.empty() && segment.front() != '.' && segment.back() != '.' &&
         std::all_of(segment.begin(), segment.end(), digit_or_dot);
}

struct Spelling {
  std::string_view segment;
  std::string_view name;
  Version version;
};
constexpr std::array<Spelling, 7> kVersions = {{
    {"1", "1.0", Version::kOne},
    {"1.0", "1.0", Version::kOne},
    {"2", "2.0", Version::kTwo},
    {"2.0", "2.0", Version::kTwo},
    {"2.1", "2.1", Version::kFour},
    {"4.0", "4.0", Version::kFour},
    {"4.1", "4.1", Version::kFour},
}};

// Takes the version out of the front of the segments, when there is one.
void TakeVersion(Address& address) {
  if (address.segments.empty() || !IsVersionLike(address.segments.front())) return;
  const auto* const found =
      std::ranges::find(kVersions, address.segments.front(), &Spelling::segment);
  address.known = found != kVersions.end();
  if (address.known) {
    address.version = found->version;
    address.version_name = found->name;
  }
  address.segments.erase(address.segments.begin());
}

// The resource of `_d`, which is decoded already: one slash at either end does not count.
std::optional<std::vector<std::string>> SplitResource(std::string_view resource) {
  std::vector<std::string> segments;
  if (!resource.empty() && resource.front() == '/') resource.remove_prefix(1);
  if (!resource.empty() && resource.back() == '/') resource.remove_suffix(1);
  if (resource.empty()) return segments;
  while (true) {
    const size_t slash = resource.find('/');
    const std::string_view segment = resource.substr(0, slash);
    if (segment.empty()) return std::nullopt;
    segments.emplace_back(segment);
    if (slash == std::string_view::npos) return segments;
    resource.remove_prefix(slash + 1);
  }
}

std::string_view WithoutMount(std::string_view path, std::string_view prefix) {
  while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  if (prefix.empty() || !path.starts_with(prefix)) return path;
  const std::string_view rest = path.substr(prefix.size());
  return rest.empty() || rest.front() == '/' ? rest : path;
}

// The segments behind "api", or those of `_d` behind "api.php".
std::optional<std::vector<std::string>> ResourceOf(const fcgi::Request& request,
                                                   const std::string& d) {
  auto path = fcgi::SplitPath(WithoutMount(request.raw_path, request.prefix));
  if (!path) return std::nullopt;
  auto& segments = path->segments;
  for (size_t i = 0; i < segments.size() && i <= kMostFolders; ++i) {
    if (segments[i] == "api.php" && i + 1 == segments.size()) return SplitResource(d);
    if (segments[i] != "api") continue;
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    return std::move(segments);
  }
  return std::nullopt;
}

// Takes a member out of an object; its text when it was one.
std::string Extract(Value::Object& object, std::string_view name) {
  const auto found = std::find_if(object.begin(), object.end(),
                                  [&](const auto& member) { return member.first == name; });
  if (found == object.end()) return {};
  const std::string* text = found->second.AsText();
  std::string value = text == nullptr ? std::string() : *text;
  object.erase(found);
  return value;
}

std::optional<Value> ReadQuery(std::string_view query) {
  auto scalars = fcgi::ParseForm(query, fcgi::Repeated::kLastWins);
  if (!scalars || scalars->AsObject() == nullptr || !IsUtf8Throughout(*scalars)) {
    return std::nullopt;
  }
  const auto is_list = [&](std::string_view name) { return scalars->Find(name) != nullptr; };
  if (std::none_of(kListNames.begin(), kListNames.end(), is_list)) return scalars;
  const auto lists = fcgi::ParseForm(query, fcgi::Repeated::kList);
  if (!lists) return std::nullopt;
  for (const std::string_view name : kListNames) {
    if (const Value* list = lists->Find(name)) *scalars->Find(name) = *list;
  }
  return IsUtf8Throughout(*scalars) ? std::move(scalars) : std::nullopt;
}

}  // namespace

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

Address ParseAddress(const fcgi::Request& request) {
  Address address;
  auto query = ReadQuery(request.query);
  address.readable_query = query.has_value();
  address.query = query ? std::move(*query) : Value::OfObject({});
  Value::Object& parameters = *address.query.AsObject();
  const std::string d = Extract(parameters, "_d");
  Extract(parameters, "ajax_custom");
  address.override_method = Extract(parameters, "_METHOD");

  auto segments = ResourceOf(request, d);
  address.known = segments.has_value();
  if (!segments) return address;
  address.segments = std::move(*segments);
  TakeVersion(address);
  return address;
}

}  // namespace rosterd::cscart
