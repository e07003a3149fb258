#include "fcgi/path.h"

#include "fcgi/ascii.h"
#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

/// The segment decoded; nothing for a "%" that is not followed by two hex digits.
std::optional<std::string> Decode(std::string_view raw) {
  std::string decoded;
  decoded.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      decoded += raw[i];
      continue;
    }
    if (raw.size() - i <= 2) return std::nullopt;
    const auto byte = HexByte(raw[i + 1], raw[i + 2]);
    if (!byte) return std::nullopt;
    decoded += *byte;
    i += 2;
  }
  return decoded;
}

bool IsAllowed(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         segment.find('\0') == std::string_view::npos && IsUtf8(segment);
}

}  // namespace

std::optional<Path> SplitPath(std::string_view raw) {
  Path path;
  if (raw.starts_with('/')) raw.remove_prefix(1);
  if (raw.empty()) return path;
  path.trailing_slash = raw.ends_with('/');
  if (path.trailing_slash) raw.remove_suffix(1);

  for (bool more = true; more;) {
    more = raw.find('/') != std::string_view::npos;
    auto segment = Decode(CutUntil(raw, '/'));
    if (!segment || !IsAllowed(*segment)) return std::nullopt;
    path.segments.push_back(std::move(*segment));
  }
  return path;
}

}  // namespace rosterd::fcgi
