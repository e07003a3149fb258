#include <cstdlib>
#include <set>

#include "fcgi/json.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

std::string_view Digits(std::string_view& text) {
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(digits.size());
  return digits;
}

/// RFC 8259 section 6.
bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto whole = Digits(text);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (Digits(text).empty()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (Digits(text).empty()) return false;
  }
  return text.empty();
}

std::string Quoted(std::string_view text) {
  Require(fcgi::IsUtf8(text));
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c >= '\0' && c < ' ') {
      quoted += "\\u00" + Percent({&c, 1}).substr(1);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string Write(const fcgi::Value& value, int depth);

std::string WriteObject(const fcgi::Value::Object& members, int depth) {
  std::string text;
  std::set<std::string_view> keys;
  for (const auto& [key, member] : members) {
    Require(keys.insert(key).second);
    text += (text.empty() ? "" : ",") + Quoted(key) + ':' + Write(member, depth);
  }
  return '{' + text + '}';
}

/// Checks the tree below `value` and writes it as JSON.
std::string Write(const fcgi::Value& value, int depth) {
  Require(depth <= fcgi::JsonLimits{}.depth);
  if (value.IsNull()) return "null";
  if (const bool* flag = value.AsBoolean()) return *flag ? "true" : "false";
  if (const auto* text = value.AsText()) return Quoted(*text);
  if (const auto* number = value.AsNumber()) {
    Require(IsNumber(number->text));
    return number->text;
  }
  if (const auto* members = value.AsObject()) return WriteObject(*members, depth + 1);
  std::string text;
  for (const auto& item : *value.AsList())
    text += (text.empty() ? "" : ",") + Write(item, depth + 1);
  return '[' + text + ']';
}

void Check(std::string_view text) {
  fcgi::JsonError error;
  const auto value = fcgi::ParseJson(text, error);
  Require(value.has_value() == error.message.empty());
  if (!value) return;
  const std::string written = Write(*value, 0);
  const auto same = fcgi::ParseJson(written, error);
  Require(same.has_value() && Write(*same, 0) == written);
}

}  // namespace
}  // namespace rosterd::fuzz

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = rosterd::fuzz::AsText(data, size);
  rosterd::fuzz::Check(text);
  rosterd::fcgi::IsUtf8(text);
  return 0;
}
