#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/cscart/call.h"
#include "handlers/cscart/problem.h"

namespace rosterd::cscart {

/// Reads the scalar fields of a body one after another and keeps the first problem, so that whoever
/// reads many asks once. After a problem the values mean nothing.
class FieldReader {
 public:
  explicit FieldReader(const Fields& fields) : fields_(fields) {}

  /// A text of at most `width` characters without control characters (line ends and tabs may be);
  /// nothing when it is absent.
  std::optional<std::string> Text(std::string_view name, size_t width);
  /// One of the letters in `allowed`; nothing when it is absent.
  std::optional<std::string> Letter(std::string_view name, std::string_view allowed);
  /// Digits as a number, an empty text as 0; nothing when it is absent.
  std::optional<uint64_t> Number(std::string_view name);

  /// Keeps this problem unless there was one before.
  void Refuse(Problem problem);
  const std::optional<Problem>& FirstProblem() const { return problem_; }
  const Fields& All() const { return fields_; }

 private:
  const Fields& fields_;
  std::optional<Problem> problem_;
};

/// How many characters (not bytes) a valid UTF-8 text has.
size_t CountCharacters(std::string_view text);

/// The text of a scalar that is no field of its own, such as a list's entry: as Fields::Text would
/// read it. Nothing for lists and maps.
std::optional<std::string> ScalarText(const fcgi::Value& value);

}  // namespace rosterd::cscart
