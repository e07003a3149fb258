#include "handlers/brightact/field_reader.h"

#include <algorithm>
#include <charconv>

#include "directory/persons.h"

namespace rosterd::brightact {
namespace {

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace

void FieldReader::Refuse(const FieldName& field, std::string_view what) {
  errors_.push_back({field.name, std::string(field.label).append(" ").append(what)});
}

std::optional<std::string> FieldReader::Sent(const FieldName& field, bool required) {
  const Body::Field* found = body_.Find(field.name);
  if (found == nullptr) {
    if (required && purpose_ == Purpose::kCreate) Refuse(field, "cannot be blank.");
    return std::nullopt;
  }
  saw_any_ = true;
  if (!found->text) {
    Refuse(field, "is invalid.");
    return std::nullopt;
  }
  if (required && Trim(*found->text).empty()) {
    Refuse(field, "cannot be blank.");
    return std::nullopt;
  }
  return found->text;
}

std::optional<std::string> FieldReader::Checked(const FieldName& field, std::string_view text,
                                                size_t limit) {
  const std::string_view trimmed = Trim(text);
  if (CountCharacters(trimmed) > limit) {
    Refuse(field, "is too long.");
    return std::nullopt;
  }
  if (!directory::IsCleanText(trimmed)) {
    Refuse(field, "is invalid.");
    return std::nullopt;
  }
  return std::string(trimmed);
}

std::optional<std::string> FieldReader::RequiredText(const FieldName& field, size_t limit) {
  const auto text = Sent(field, /*required=*/true);
  return text ? Checked(field, *text, limit) : std::nullopt;
}

std::optional<std::string> FieldReader::OptionalText(const FieldName& field, size_t limit) {
  const auto text = Sent(field, /*required=*/false);
  return text ? Checked(field, *text, limit) : std::nullopt;
}

std::optional<std::string> FieldReader::Password(const FieldName& field, size_t limit) {
  auto text = Sent(field, /*required=*/true);
  if (text && text->size() > limit) {
    Refuse(field, "is too long.");
    return std::nullopt;
  }
  return text;
}

std::optional<uint64_t> FieldReader::Number(const FieldName& field, uint64_t most, uint64_t blank) {
  const auto text = Sent(field, /*required=*/false);
  if (!text) return std::nullopt;
  const std::string_view trimmed = Trim(*text);
  if (trimmed.empty()) return blank;
  const bool negative = trimmed.front() == '-';
  const std::string_view digits = trimmed.substr(negative ? 1 : 0);
  if (!IsDigits(digits)) {
    Refuse(field, "must be an integer.");
    return std::nullopt;
  }
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || number > most || (negative && number != 0)) {
    Refuse(field, "is invalid.");
    return std::nullopt;
  }
  return number;
}

}  // namespace rosterd::brightact
