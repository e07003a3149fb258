#include "fcgi/header_params.h"

#include <utility>

#include "fcgi/ascii.h"

namespace rosterd::fcgi {
namespace {

bool IsGuarded(std::string_view text, size_t backslash) {
  return text[backslash] == '\\' && backslash + 1 < text.size() &&
         (text[backslash + 1] == '"' || text[backslash + 1] == '\\');
}

/// What stands between quotes that are the first and the last byte; nothing when they are not.
std::optional<std::string> Unquoted(std::string_view text) {
  std::string value;
  size_t i = 1;
  while (i < text.size() && text[i] != '"') {
    if (IsGuarded(text, i)) ++i;
    value += text[i++];
  }
  if (i + 1 != text.size()) return std::nullopt;
  return value;
}

std::optional<HeaderParams::Param> ParseParam(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view name = Trimmed(text.substr(0, equals));
  const std::string_view value = Trimmed(text.substr(equals + 1));
  if (name.empty() || name.find('"') != std::string_view::npos) return std::nullopt;
  if (!value.starts_with('"')) {
    return HeaderParams::Param{.name = AsciiLower(name), .value = std::string(value)};
  }
  auto unquoted = Unquoted(value);
  if (!unquoted) return std::nullopt;
  return HeaderParams::Param{.name = AsciiLower(name), .value = std::move(*unquoted)};
}

}  // namespace

const std::string* HeaderParams::Find(std::string_view name) const {
  for (const Param& param : params) {
    if (param.name == name) return &param.value;
  }
  return nullptr;
}

std::vector<std::string_view> SplitOutsideQuotes(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  size_t start = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (quoted && IsGuarded(text, i)) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      pieces.push_back(Trimmed(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  pieces.push_back(Trimmed(text.substr(start)));
  return pieces;
}

std::optional<HeaderParams> ParseHeaderParams(std::string_view header) {
  const auto pieces = SplitOutsideQuotes(header, ';');
  HeaderParams parsed{.value = AsciiLower(pieces.front()), .params = {}};
  for (size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i].empty()) continue;
    auto param = ParseParam(pieces[i]);
    if (!param) return std::nullopt;
    parsed.params.push_back(std::move(*param));
  }
  return parsed;
}

}  // namespace rosterd::fcgi
