#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/result.h"
#include "fcgi/request.h"
#include "handlers/brightact/problem.h"

namespace rosterd::brightact {

/// The fields of a request body, whatever its type was. Contract: section 4.
class Body {
 public:
  struct Field {
    std::string name;
    /// Valid UTF-8 without NUL, as sent; nothing for what is no such text: a list, an object, a
    /// boolean, a file, other bytes.
    std::optional<std::string> text;
  };

  Body() = default;
  explicit Body(std::vector<Field> fields) : fields_(std::move(fields)) {}

  /// The last field of this name; null when it was not sent.
  const Field* Find(std::string_view name) const;

 private:
  std::vector<Field> fields_;
};

/// Reads multipart/form-data, application/x-www-form-urlencoded (also what has no type) and one
/// flat JSON object. Errors: 413 above `max_body` bytes, 415 for another type, 400 for a body that
/// is broken.
Result<Body, Problem> ReadBody(const fcgi::Request& request, size_t max_body);

/// `text` without the white space around it.
std::string_view Trim(std::string_view text);

}  // namespace rosterd::brightact
