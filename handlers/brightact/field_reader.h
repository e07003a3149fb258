#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/brightact/body.h"
#include "handlers/brightact/problem.h"

namespace rosterd::brightact {

/// Whether an absent required field is an error: it is in a POST.
enum class Purpose { kCreate, kUpdate };

/// A field of the contract's tables (section 6.1): its name, the label that errors call it by.
struct FieldName {
  std::string_view name;
  std::string_view label;
};

/// Reads the known fields of a body and collects what is wrong with them. What is given back is
/// only good when there are no errors about the field.
class FieldReader {
 public:
  FieldReader(const Body& body, Purpose purpose) : body_(body), purpose_(purpose) {}

  /// A text that is not blank, trimmed, of at most `limit` characters.
  std::optional<std::string> RequiredText(const FieldName& field, size_t limit);
  /// A text, trimmed, of at most `limit` characters; empty when it was sent blank.
  std::optional<std::string> OptionalText(const FieldName& field, size_t limit);
  /// A password as it was sent, of at most `limit` bytes.
  std::optional<std::string> Password(const FieldName& field, size_t limit);
  /// A whole number up to `most`; `blank` when it was sent blank.
  std::optional<uint64_t> Number(const FieldName& field, uint64_t most, uint64_t blank = 0);

  void Refuse(const FieldName& field, std::string_view what);
  /// True when at least one of the fields that were asked for was sent.
  bool SawAny() const { return saw_any_; }
  const std::vector<FieldError>& Errors() const { return errors_; }

 private:
  /// The text of a field that was sent and is one; checked for blanks when it is required.
  std::optional<std::string> Sent(const FieldName& field, bool required);
  std::optional<std::string> Checked(const FieldName& field, std::string_view text, size_t limit);

  const Body& body_;
  Purpose purpose_;
  bool saw_any_ = false;
  std::vector<FieldError> errors_;
};

}  // namespace rosterd::brightact
