#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace rosterd {

/// Writes one JSON text straight into a buffer, members in the order of the calls. Strings must be
/// valid UTF-8 (they are checked before they are stored); "/" and non-ASCII stay unescaped.
class JsonWriter {
 public:
  JsonWriter() : writer_(buffer_) {}

  void StartObject() { writer_.StartObject(); }
  void EndObject() { writer_.EndObject(); }
  void StartArray() { writer_.StartArray(); }
  void EndArray() { writer_.EndArray(); }
  void Key(std::string_view key) { Text(key); }
  void Text(std::string_view text) {
    if (NeedsEscapes(text)) {
      writer_.String(text.data(), Size(text));
      return;
    }
    writer_.RawValue("", 0, rapidjson::kStringType);
    char* const to = buffer_.Push(text.size() + 2);
    to[0] = '"';
    if (!text.empty()) std::memcpy(to + 1, text.data(), text.size());
    to[text.size() + 1] = '"';
  }
  void Number(uint64_t number) { writer_.Uint64(number); }
  void Signed(int64_t number) { writer_.Int64(number); }
  void Boolean(bool value) { writer_.Bool(value); }
  void Null() { writer_.Null(); }
  /// A number that is already text, such as one a client sent and is to get back.
  void RawNumber(std::string_view text) {
    writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }
  /// A whole value that is JSON text already; it is not looked at.
  void Raw(std::string_view json) {
    // RapidJSON would copy byte by byte.
    writer_.RawValue("", 0, rapidjson::kObjectType);
    if (!json.empty()) std::memcpy(buffer_.Push(json.size()), json.data(), json.size());
  }

  std::string_view View() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  std::string Take() const { return std::string(View()); }
  /// Empties the buffer without forgetting where in the document it stands: for streamed answers.
  std::string Flush() {
    std::string text = Take();
    buffer_.Clear();
    return text;
  }

 private:
  // Most texts need none, and are copied at once; RapidJSON would go byte by byte.
  static bool NeedsEscapes(std::string_view text) {
    bool needed = false;
    for (const char c : text) {
      needed |= static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\';
    }
    return needed;
  }
  static rapidjson::SizeType Size(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

/// One member of an object, by the type of its value.
inline void Field(JsonWriter& json, std::string_view key, std::string_view text) {
  json.Key(key);
  json.Text(text);
}
inline void NumberField(JsonWriter& json, std::string_view key, uint64_t number) {
  json.Key(key);
  json.Number(number);
}
inline void NullableField(JsonWriter& json, std::string_view key,
                          const std::optional<std::string>& text) {
  json.Key(key);
  if (text) {
    json.Text(*text);
  } else {
    json.Null();
  }
}

}  // namespace rosterd
