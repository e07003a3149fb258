#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
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
    Put(':');
    follows_ = false;
  }
  void Text(std::string_view text) { Joined({text}); }
  /// One text of several pieces.
  void Joined(std::initializer_list<std::string_view> pieces) {
    Separate();
    Put('"');
    for (const std::string_view piece : pieces) PutEscaped(piece);
    Put('"');
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
    Put(json);
  }

  std::string_view View() const { return {buffer_.get(), size_}; }
  std::string Take() const { return std::string(View()); }
  /// Empties the buffer without forgetting where in the document it stands: for streamed answers.
  std::string Flush() {
    std::string text = Take();
    size_ = 0;
    return text;
  }

 private:
  /// In front of each value and key.
  void Separate() {
    if (follows_) Put(',');
    follows_ = true;
  }
  void Open(char bracket) {
    Separate();
    Put(bracket);
    follows_ = false;
  }
  void Close(char bracket) {
    Put(bracket);
    follows_ = true;
  }
  void Digits(std::integral auto number) {
    std::array<char, 20> digits;  // NOLINT(cppcoreguidelines-pro-type-member-init): is overwritten
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    Raw({digits.data(), static_cast<size_t>(end.ptr - digits.data())});
  }
  void PutEscaped(std::string_view text) {
    while (true) {
      const size_t plain = PlainSize<' ', '"', '\\'>(text);
      Put(text.substr(0, plain));
      if (plain == text.size()) return;
      Escape(text[plain]);
      text.remove_prefix(plain + 1);
    }
  }
  void Escape(char c) {
    constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
    constexpr std::string_view kNames = "\"\\bfnrt";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    Put('\\');
    if (const size_t at = kNamed.find(c); at != std::string_view::npos) return Put(kNames[at]);
    Put("u00");
    Put(kDigits[static_cast<unsigned char>(c) >> 4U]);
    Put(kDigits[static_cast<unsigned char>(c) & 15U]);
  }
  void Put(char c) {
    if (size_ == capacity_) Grow(1);
    buffer_[size_++] = c;
  }
  void Put(std::string_view text) {
    if (text.empty()) return;
    if (capacity_ - size_ < text.size()) Grow(text.size());
    std::memcpy(buffer_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void Grow(size_t more) {
    constexpr size_t kFirst = 512;
    capacity_ = std::max({kFirst, 2 * capacity_, size_ + more});
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);  // NOLINT(*-avoid-c-arrays)
    if (size_ > 0) std::memcpy(larger.get(), buffer_.get(), size_);
    buffer_ = std::move(larger);
  }

  // A std::string looks after its end at each letter.
  std::unique_ptr<char[]> buffer_;  // NOLINT(*-avoid-c-arrays)
  size_t size_ = 0;
  size_t capacity_ = 0;
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
