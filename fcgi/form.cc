#include "fcgi/form.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "fcgi/ascii.h"

namespace rosterd::fcgi {
namespace {

/// "a[b][]" taken apart: the name before the first bracket, and what each pair of brackets holds.
struct Name {
  std::string base;
  std::vector<std::string_view> keys;  ///< an empty one appends
};

Name ReadName(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const size_t open = text.find('[');
  Name name{.base = std::string(text.substr(0, open)), .keys = {}};
  if (open == std::string_view::npos || name.base.empty()) return name;

  std::string_view rest = text.substr(open);
  while (rest.starts_with('[')) {
    const size_t close = rest.find(']');
    if (close == std::string_view::npos) break;
    name.keys.push_back(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
  }
  if (!name.keys.empty()) return name;
  // A bracket that is never closed is part of the name to PHP, which writes it "_".
  name.base = text;
  std::replace(name.base.begin(), name.base.end(), '[', '_');
  return name;
}

/// The number that a key stands for in a PHP array ("0", "12", "-3"; not "01", "+1" or "").
std::optional<int64_t> AsIndex(std::string_view key) {
  const std::string_view digits = key.starts_with('-') ? key.substr(1) : key;
  if (digits.empty() || (digits.front() == '0' && key.size() > 1)) return std::nullopt;
  int64_t index = 0;
  const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (problem != std::errc() || end != key.data() + key.size()) return std::nullopt;
  return index;
}

/// What "[]" stands for in an object: one above its largest index; nothing when there is none left.
std::optional<std::string> NextIndex(const Value::Object& members) {
  std::optional<int64_t> largest;
  for (const auto& member : members) largest = std::max(largest, AsIndex(member.first));
  if (!largest) return "0";
  if (*largest == std::numeric_limits<int64_t>::max()) return std::nullopt;
  return std::to_string(*largest + 1);
}

Value ObjectOf(Value::List& list) {
  Value::Object members;
  members.reserve(list.size() + 1);
  for (Value& item : list) members.emplace_back(std::to_string(members.size()), std::move(item));
  return Value::OfObject(std::move(members));
}

bool IsContainer(const Value& value) {
  return value.AsList() != nullptr || value.AsObject() != nullptr;
}

/// A place in the tree for one value; `fresh` when it was made just now.
struct Place {
  Value* value = nullptr;
  bool fresh = true;
};

Place PlaceInObject(Value::Object& members, std::string_view key) {
  const auto known = std::find_if(members.begin(), members.end(),
                                  [&](const Value::Member& member) { return member.first == key; });
  if (known != members.end()) return {.value = &known->second, .fresh = false};
  return {.value = &members.emplace_back(std::string(key), Value()).second};
}

/// The place of `key` in `container`, made when it is new. A list stays one as long as its keys are
/// 0, 1, 2, … in this order; any other key makes it an object. No place when "[]" has no index
/// left.
Place PlaceOf(Value& container, std::string_view key) {
  if (Value::List* list = container.AsList()) {
    const auto index = key.empty() ? static_cast<int64_t>(list->size()) : AsIndex(key).value_or(-1);
    const auto size = static_cast<int64_t>(list->size());
    if (index == size) return {.value = &list->emplace_back()};
    if (index >= 0 && index < size) {
      return {.value = &(*list)[static_cast<size_t>(index)], .fresh = false};
    }
    container = ObjectOf(*list);
  }
  Value::Object& members = *container.AsObject();
  if (!key.empty()) return PlaceInObject(members, key);
  const auto next = NextIndex(members);
  return next ? PlaceInObject(members, *next) : Place{};
}

void Store(const Place& place, std::string text, Repeated repeated) {
  if (place.fresh || repeated == Repeated::kLastWins || place.value->AsObject() != nullptr) {
    *place.value = Value::Text(std::move(text));
    return;
  }
  if (place.value->AsList() == nullptr) {
    Value::List list;
    list.push_back(std::move(*place.value));
    *place.value = Value::OfList(std::move(list));
  }
  place.value->AsList()->push_back(Value::Text(std::move(text)));
}

}  // namespace

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHexDigits[byte >> 4U];
    encoded += kHexDigits[byte & 0x0FU];
  }
  return encoded;
}

std::string PercentDecode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      decoded += ' ';
      continue;
    }
    const bool escape = text[i] == '%' && text.size() - i > 2;
    const auto byte = escape ? HexByte(text[i + 1], text[i + 2]) : std::nullopt;
    decoded += byte.value_or(text[i]);
    if (byte) i += 2;
  }
  return decoded;
}

bool AddField(Value& object, std::string_view name_text, std::string text, Repeated repeated,
              FormLimits limits) {
  const Name name = ReadName(name_text);
  if (name.base.empty()) return true;
  if (name.keys.size() > static_cast<size_t>(limits.depth)) return false;
  if (object.AsObject() == nullptr) object = Value::OfObject({});

  Place place = PlaceInObject(*object.AsObject(), name.base);
  if (object.AsObject()->size() > limits.fields) return false;
  for (const std::string_view key : name.keys) {
    if (!IsContainer(*place.value)) *place.value = Value::OfList({});
    place = PlaceOf(*place.value, key);
    if (place.value == nullptr) return true;
  }
  Store(place, std::move(text), repeated);
  return true;
}

std::optional<Value> ParseForm(std::string_view text, Repeated repeated, FormLimits limits) {
  Value form = Value::OfObject({});
  size_t fields = 0;
  while (!text.empty()) {
    std::string_view value = CutUntil(text, '&');
    if (value.empty()) continue;
    if (++fields > limits.fields) return std::nullopt;
    const std::string name = PercentDecode(CutUntil(value, '='), true);
    if (!AddField(form, name, PercentDecode(value, true), repeated, limits)) return std::nullopt;
  }
  return form;
}

}  // namespace rosterd::fcgi
