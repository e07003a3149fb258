#include "handlers/cscart/field_reader.h"

#include <algorithm>
#include <utility>

#include "directory/persons.h"

namespace rosterd::cscart {

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<std::string> ScalarText(const fcgi::Value& value) {
  const Fields one(fcgi::Value::OfObject({{"value", value}}));
  const auto text = one.Text("value");
  if (!text) return std::nullopt;
  return *text;
}

std::optional<std::string> FieldReader::Text(std::string_view name, size_t width) {
  auto text = fields_.Text(name);
  if (!text) {
    Refuse(text.error());
    return std::nullopt;
  }
  if (!*text) return std::nullopt;
  if (!directory::IsCleanText(**text))
    Refuse(Problem::Error(std::string(name) + " holds control characters"));
  if (CountCharacters(**text) > width) Refuse(Problem::Error(std::string(name) + " is too long"));
  return std::move(**text);
}

std::optional<std::string> FieldReader::Letter(std::string_view name, std::string_view allowed) {
  auto text = Text(name, 255);
  if (text && (text->size() != 1 || allowed.find(text->front()) == std::string_view::npos)) {
    Refuse(Problem::Error(std::string(name) + " is not valid"));
  }
  return text;
}

std::optional<uint64_t> FieldReader::Number(std::string_view name) {
  const auto text = Text(name, 255);
  if (!text) return std::nullopt;
  if (text->empty()) return 0;
  const auto number = ParseId(*text);
  if (!number) Refuse(Problem::Error(std::string(name) + " is not a number"));
  return number;
}

void FieldReader::Refuse(Problem problem) {
  if (!problem_) problem_ = std::move(problem);
}

}  // namespace rosterd::cscart
