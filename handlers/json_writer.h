#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/plain_text.h"

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
  void Text(std::string_view text) { Joined({text}); }
  /// One text of several pieces.
  void Joined(std::initializer_list<std::string_view> pieces) {
    if (!std::ranges::all_of(pieces, IsPlain)) {
      EscapeJoined(pieces);
      return;
    }
    size_t size = 2;
    for (const std::string_view piece : pieces) size += piece.size();
    char* to = writer_.Put(rapidjson::kStringType, size);
    *to++ = '"';
    for (const std::string_view piece : pieces) to = std::ranges::copy(piece, to).out;
    *to = '"';
  }
  void Number(uint64_t number) { writer_.Uint64(number); }
  void Signed(int64_t number) { writer_.Int64(number); }
  void Boolean(bool value) { writer_.Bool(value); }
  void Null() { writer_.Null(); }
  /// A number that is already text, such as one a client sent and is to get back.
  void RawNumber(std::string_view text) {
    std::ranges::copy(text, writer_.Put(rapidjson::kNumberType, text.size()));
  }
  /// A whole value that is JSON text already; it is not looked at.
  void Raw(std::string_view json) {
    std::ranges::copy(json, writer_.Put(rapidjson::kObjectType, json.size()));
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
  /// RapidJSON's writer, which puts texts byte by byte, and a way around that.
  class Writer : public rapidjson::Writer<rapidjson::StringBuffer> {
   public:
    using rapidjson::Writer<rapidjson::StringBuffer>::Writer;
    /// Room for a value of so many bytes.
    char* Put(rapidjson::Type type, size_t size) {
      Prefix(type);
      return os_->Push(size);
    }
  };

  static bool IsPlain(std::string_view text) {
    return PlainSize<' ', '"', '\\'>(text) == text.size();
  }
  void EscapeJoined(std::initializer_list<std::string_view> pieces) {
    std::string text;
    for (const std::string_view piece : pieces) text += piece;
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

  rapidjson::StringBuffer buffer_;
  Writer writer_;
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
