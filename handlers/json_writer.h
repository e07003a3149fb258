#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "handlers/plain_text.h"

namespace rosterd {

/// Writes one JSON text straight into a buffer, members in the order of the calls. Strings must be
/// valid UTF-8 (they are checked before they are stored); "/" and non-ASCII stay unescaped.
class JsonWriter {
 public:
  void StartObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void StartArray() { Open('['); }
  void EndArray() { Close(']'); }
  void Key(std::string_view key) {
    Text(key);
    buffer_ += ':';
    follows_ = false;
  }
  void Text(std::string_view text) {
    Separate();
    buffer_ += '"';
    for (size_t plain = PlainSize<' ', '"', '\\'>(text);; plain = PlainSize<' ', '"', '\\'>(text)) {
      buffer_.append(text.data(), plain);
      if (plain == text.size()) break;
      Escape(text[plain]);
      text.remove_prefix(plain + 1);
    }
    buffer_ += '"';
  }
  void Number(uint64_t number) { Digits(number); }
  void Signed(int64_t number) { Digits(number); }
  void Boolean(bool value) { Raw(value ? "true" : "false"); }
  void Null() { Raw("null"); }
  /// A number that is already text, such as one a client sent and is to get back.
  void RawNumber(std::string_view text) { Raw(text); }
  /// A whole value that is JSON text already; it is not looked at.
  void Raw(std::string_view json) {
    Separate();
    buffer_ += json;
  }

  std::string_view View() const { return buffer_; }
  std::string Take() { return std::exchange(buffer_, {}); }
  /// Empties the buffer without forgetting where in the document it stands: for streamed answers.
  std::string Flush() { return Take(); }

 private:
  /// In front of each value and key.
  void Separate() {
    if (follows_) buffer_ += ',';
    follows_ = true;
  }
  void Open(char bracket) {
    Separate();
    buffer_ += bracket;
    follows_ = false;
  }
  void Close(char bracket) {
    buffer_ += bracket;
    follows_ = true;
  }
  void Digits(std::integral auto number) {
    std::array<char, 20> digits;  // NOLINT(cppcoreguidelines-pro-type-member-init): is overwritten
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    Raw({digits.data(), static_cast<size_t>(end.ptr - digits.data())});
  }
  void Escape(char c) {
    constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
    constexpr std::string_view kNames = "\"\\bfnrt";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    buffer_ += '\\';
    if (const size_t at = kNamed.find(c); at != std::string_view::npos) {
      buffer_ += kNames[at];
      return;
    }
    buffer_ += "u00";
    buffer_ += kDigits[static_cast<unsigned char>(c) >> 4U];
    buffer_ += kDigits[static_cast<unsigned char>(c) & 15U];
  }

  std::string buffer_;
  bool follows_ = false;  ///< a value or member stands before the next one
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
