#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "db/result.h"
#include "fcgi/request.h"
#include "fcgi/value.h"
#include "handlers/cocoaheads/problem.h"

namespace rosterd::cocoaheads {

/// What a body says, whichever of its three types it has: each name once, the last one counts.
/// Contract: section 4.
class Fields {
 public:
  struct Field {
    fcgi::Value value;
    bool is_file = false;  ///< a file part of a multipart body; `value` holds its bytes
  };

  /// `null_is_empty`: null stands for "" (PATCH), and not for nothing (POST).
  explicit Fields(bool null_is_empty = false) : null_is_empty_(null_is_empty) {}

  void Set(std::string name, Field field) {
    fields_.insert_or_assign(std::move(name), std::move(field));
  }
  /// The text of a field, numbers as they were written; nothing when it is absent; 400 when it is
  /// no text, or one with a NUL or broken UTF-8.
  Result<std::optional<std::string>, Problem> Text(const std::string& name) const;
  /// The bytes of a text, whatever they are; null when the field is absent or no text.
  const std::string* Raw(const std::string& name) const;
  /// The bytes of a file; null when the field is absent or none.
  const std::string* File(const std::string& name) const;
  bool IsJson() const { return is_json_; }
  void SetJson() { is_json_ = true; }

 private:
  std::map<std::string, Field, std::less<>> fields_;
  bool null_is_empty_;
  bool is_json_ = false;
};

/// Reads the body of a request: 400 when it is malformed, 413 above `most` bytes, 415 for a type
/// that is none of the three.
Result<Fields, Problem> ReadFields(const fcgi::Request& request, size_t most);

/// `text` without the blanks, tabs and line breaks around it.
std::string_view Trim(std::string_view text);

}  // namespace rosterd::cocoaheads
