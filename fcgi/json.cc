#include "fcgi/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rosterd::fcgi {
namespace {

using rapidjson::SizeType;

/// Up to this many members are compared one by one; above, a sorted copy of the keys is cheaper.
constexpr size_t kFewMembers = 16;

bool HasRepeatedKey(const Value::Object& members) {
  if (members.size() <= kFewMembers) {
    for (size_t i = 1; i < members.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (members[i].first == members[j].first) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const auto& member : members) keys.emplace_back(member.first);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// Leaves the last member of each key, where it stands.
void DropEarlierDuplicates(Value::Object& members) {
  Value::Object kept;
  std::set<std::string, std::less<>> seen;
  std::for_each(members.rbegin(), members.rend(), [&](auto& member) {
    if (seen.insert(member.first).second) kept.push_back(std::move(member));
  });
  std::reverse(kept.begin(), kept.end());
  members = std::move(kept);
}

/// Takes RapidJSON's events and grows the tree. Each call answers whether to go on; after a "no",
/// Refusal() says why.
class TreeBuilder final : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
 public:
  explicit TreeBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool Null() { return Put(Value()); }
  bool Bool(bool value) { return Put(Value::Boolean(value)); }
  bool RawNumber(const char* text, SizeType length, bool) {
    return Put(Value::OfNumber(std::string(text, length)));
  }
  bool String(const char* text, SizeType length, bool) {
    if (!IsUtf8({text, length})) return Refuse("a string is not valid UTF-8");
    return Put(Value::Text(std::string(text, length)));
  }
  bool Key(const char* text, SizeType length, bool) {
    if (!IsUtf8({text, length})) return Refuse("a key is not valid UTF-8");
    open_.back().key.assign(text, length);
    return true;
  }
  bool StartObject() { return Open(true); }
  bool StartArray() { return Open(false); }
  bool EndObject(SizeType) {
    Level level = Close();
    if (HasRepeatedKey(level.members)) {
      if (!limits_.last_duplicate_wins) return Refuse("an object has the same key twice");
      DropEarlierDuplicates(level.members);
    }
    return Put(Value::OfObject(std::move(level.members)));
  }
  bool EndArray(SizeType) { return Put(Value::OfList(std::move(Close().items))); }
  /// The events of numbers that were converted, which the parse flags rule out.
  bool Default() { return Refuse("a number was not read as text"); }

  const std::string& Refusal() const { return refusal_; }
  Value TakeRoot() { return std::move(root_); }

 private:
  /// An object or list whose end has not come yet; only one of its containers is used.
  struct Level {
    Value::Object members;
    Value::List items;
    std::string key;
    bool is_object = false;
  };

  bool Refuse(std::string why) {
    refusal_ = std::move(why);
    return false;
  }
  bool Open(bool is_object);
  Level Close() {
    Level level = std::move(open_.back());
    open_.pop_back();
    return level;
  }
  bool Put(Value value);

  JsonLimits limits_;
  std::vector<Level> open_;
  Value root_;
  size_t values_ = 0;
  std::string refusal_;
};

bool TreeBuilder::Open(bool is_object) {
  if (open_.size() >= static_cast<size_t>(limits_.depth)) return Refuse("nested too deeply");
  open_.emplace_back().is_object = is_object;
  return true;
}

bool TreeBuilder::Put(Value value) {
  if (++values_ > limits_.values) return Refuse("too many values");
  if (open_.empty()) {
    root_ = std::move(value);
    return true;
  }
  Level& level = open_.back();
  if (level.is_object) {
    level.members.emplace_back(std::move(level.key), std::move(value));
  } else {
    level.items.push_back(std::move(value));
  }
  return true;
}

std::string Describe(const rapidjson::ParseResult& result) {
  std::string message = "invalid JSON at byte " + std::to_string(result.Offset()) + ": ";
  return message += rapidjson::GetParseError_En(result.Code());
}

}  // namespace

std::optional<Value> ParseJson(std::string_view text, JsonError& error, JsonLimits limits) {
  // RapidJSON 1.1.0 crashes or misreads some numbers when it converts them (CVE-2024-38517), and
  // its recursive parser overflows the stack: both flags are needed, whatever the input.
  constexpr unsigned kFlags = rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  TreeBuilder builder(limits);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    error.message = builder.Refusal().empty() ? Describe(result) : builder.Refusal();
    return std::nullopt;
  }
  // To the reader a NUL between tokens is the end of the text.
  if (stream.Tell() != text.size()) {
    error.message = "invalid JSON at byte " + std::to_string(stream.Tell()) + ": a NUL";
    return std::nullopt;
  }
  return builder.TakeRoot();
}

}  // namespace rosterd::fcgi
