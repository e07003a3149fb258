#include "tests/e2e/json.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <utility>

namespace rosterd::testing {
namespace {

const Json kMissing{};

// Builds the value from RapidJSON's events.
class Builder final : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  bool Null() { return Add(Json::Kind::kNull, "null"); }
  bool Bool(bool value) { return Add(Json::Kind::kBool, value ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Add(Json::Kind::kNumber, {text, size});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return Add(Json::Kind::kString, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    open_.back().first.assign(text, size);
    return true;
  }
  bool StartObject() { return Open(Json::Kind::kObject); }
  bool StartArray() { return Open(Json::Kind::kArray); }
  bool EndObject(rapidjson::SizeType) { return Close(); }
  bool EndArray(rapidjson::SizeType) { return Close(); }

  Json Take() { return std::move(root_); }

 private:
  bool Add(Json::Kind kind, std::string text) {
    Json value;
    value.kind = kind;
    value.text = std::move(text);
    return Put(std::move(value));
  }
  bool Put(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    auto& [name, parent] = open_.back();
    if (parent.IsObject()) {
      parent.members.push_back({name, std::move(value)});
    } else {
      parent.items.push_back(std::move(value));
    }
    return true;
  }
  bool Open(Json::Kind kind) {
    open_.emplace_back();
    open_.back().second.kind = kind;
    return true;
  }
  bool Close() {
    Json value = std::move(open_.back().second);
    open_.pop_back();
    return Put(std::move(value));
  }

  // Each open array or object, with the name of its member that is being read.
  std::vector<std::pair<std::string, Json>> open_;
  Json root_;
};

std::string CanonicalObject(const Json& json) {
  std::string text;
  for (const auto& [name, value] : json.members) {
    if (!text.empty()) text += ',';
    text += Quoted(name) + ':' + value.Canonical();
  }
  return '{' + text + '}';
}

std::string CanonicalArray(const Json& json) {
  std::string text;
  for (const Json& item : json.items) {
    if (!text.empty()) text += ',';
    text += item.Canonical();
  }
  return '[' + text + ']';
}

}  // namespace

const Json& Json::operator[](std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return value;
  }
  return kMissing;
}

const Json& Json::operator[](std::size_t place) const {
  return place < items.size() ? items[place] : kMissing;
}

std::vector<std::string> Json::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : members) names.push_back(name);
  return names;
}

std::string Json::Canonical() const {
  switch (kind) {
    case Kind::kMissing:
      return "(nothing)";
    case Kind::kString:
      return Quoted(text);
    case Kind::kArray:
      return CanonicalArray(*this);
    case Kind::kObject:
      return CanonicalObject(*this);
    default:
      return text;
  }
}

Json ParseJson(std::string_view text) {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  Builder builder;
  if (!reader.Parse<kFlags>(stream, builder)) return kMissing;
  return builder.Take();
}

std::string Quoted(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return buffer.GetString();
}

::testing::AssertionResult SameJson(const char* got_name, const char* /*wanted_name*/,
                                    std::string_view got, std::string_view wanted) {
  const std::string left = ParseJson(got).Canonical();
  const std::string right = ParseJson(wanted).Canonical();
  if (left == right) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << got_name << "\n  is     "
         << (left == "(nothing)" ? "no JSON: " + std::string(got) : left) << "\n  wanted " << right;
}

}  // namespace rosterd::testing
