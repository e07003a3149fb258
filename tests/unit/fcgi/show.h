#pragma once

#include <string>

#include "fcgi/value.h"

namespace rosterd::fcgi {

/// A value as a short text to compare with: texts in quotes and as they are, numbers bare.
inline std::string Show(const Value& value) {
  if (const bool* flag = value.AsBoolean()) return *flag ? "true" : "false";
  if (const auto* number = value.AsNumber()) return number->text;
  if (const std::string* text = value.AsText()) return '"' + *text + '"';
  std::string shown;
  if (const auto* list = value.AsList()) {
    for (const Value& item : *list) shown += (shown.empty() ? "" : ",") + Show(item);
    return '[' + shown + ']';
  }
  if (const auto* members = value.AsObject()) {
    for (const auto& [key, member] : *members) {
      shown += (shown.empty() ? "\"" : ",\"") + key + "\":" + Show(member);
    }
    return '{' + shown + '}';
  }
  return "null";
}

}  // namespace rosterd::fcgi
