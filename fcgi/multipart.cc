#include "fcgi/multipart.h"

#include <algorithm>
#include <utility>

#include "fcgi/ascii.h"
#include "fcgi/form.h"
#include "fcgi/header_params.h"
#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr size_t kMaxBoundary = 70;

/// "\r\n--" and the boundary, as it stands in front of every part but a first one without preamble.
std::optional<std::string> DelimiterOf(std::string_view content_type) {
  const auto header = ParseHeaderParams(content_type);
  const std::string* boundary = header ? header->Find("boundary") : nullptr;
  if (boundary == nullptr || boundary->empty() || boundary->size() > kMaxBoundary)
    return std::nullopt;
  const bool printable =
      std::all_of(boundary->begin(), boundary->end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable || boundary->ends_with(' ')) return std::nullopt;
  return "\r\n--" + *boundary;
}

/// Where a delimiter begins and what follows it.
struct Delimiter {
  size_t begin = 0;  ///< of the line break in front of it
  size_t end = 0;    ///< behind its own line break
  bool closing = false;
};

/// Reads what follows the boundary of a delimiter: "--" when it closes the body, blanks, a line
/// break (or, after "--", the end of the body). Nothing when this is no delimiter but a part's
/// content.
std::optional<Delimiter> ReadDelimiter(std::string_view body, size_t begin, size_t after) {
  Delimiter delimiter{.begin = begin};
  delimiter.closing = body.substr(after).starts_with("--");
  if (delimiter.closing) after += 2;
  after = body.find_first_not_of(" \t", after);
  if (after == std::string_view::npos) {
    if (!delimiter.closing) return std::nullopt;
    delimiter.end = body.size();
    return delimiter;
  }
  if (!body.substr(after).starts_with(kLineEnd)) return std::nullopt;
  delimiter.end = after + kLineEnd.size();
  return delimiter;
}

std::optional<Delimiter> FindDelimiter(std::string_view body, std::string_view mark, size_t from) {
  for (size_t at = body.find(mark, from); at != std::string_view::npos;
       at = body.find(mark, at + mark.size())) {
    if (auto delimiter = ReadDelimiter(body, at, at + mark.size())) return delimiter;
  }
  return std::nullopt;
}

std::optional<Delimiter> FirstDelimiter(std::string_view body, std::string_view mark) {
  const std::string_view bare = mark.substr(kLineEnd.size());
  if (body.starts_with(bare)) {
    if (auto delimiter = ReadDelimiter(body, 0, bare.size())) return delimiter;
  }
  return FindDelimiter(body, mark, 0);
}

/// Browsers and curl write these three, and only these, as "%22", "%0D" and "%0A" in names.
std::string BrowserDecoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool may_be = text[i] == '%' && text.size() - i > 2;
    const char byte = may_be ? HexByte(text[i + 1], text[i + 2]).value_or('\0') : '\0';
    const bool escape = byte == '"' || byte == '\r' || byte == '\n';
    decoded += escape ? byte : text[i];
    if (escape) i += 2;
  }
  return decoded;
}

/// `utf-8'en'na%C3%AFve` (RFC 8187); nothing for other character sets.
std::optional<std::string> ExtendedValue(std::string_view text) {
  const std::string_view charset = CutUntil(text, '\'');
  if (!EqualsIgnoringCase(charset, "utf-8") || text.find('\'') == std::string_view::npos) {
    return std::nullopt;
  }
  CutUntil(text, '\'');
  std::string decoded = PercentDecode(text, false);
  if (!IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

/// The parameter `name`, of which its extended form `name*` wins.
std::optional<std::string> NameParam(const HeaderParams& header, const std::string& name) {
  if (const std::string* extended = header.Find(name + "*")) {
    if (auto value = ExtendedValue(*extended)) return value;
  }
  const std::string* plain = header.Find(name);
  if (plain == nullptr) return std::nullopt;
  return BrowserDecoded(*plain);
}

bool ReadDisposition(std::string_view value, Part& part) {
  const auto header = ParseHeaderParams(value);
  if (!header || header->value != "form-data") return false;
  auto name = NameParam(*header, "name");
  if (!name) return false;
  part.name = std::move(*name);
  part.file_name = NameParam(*header, "filename");
  return true;
}

/// Reads the header lines of a part; false for a line that is none, and unless exactly one
/// Content-Disposition names the part.
bool ReadHeaders(std::string_view lines, Part& part) {
  int dispositions = 0;
  while (!lines.empty()) {
    std::string_view value = lines.substr(0, lines.find(kLineEnd));
    lines.remove_prefix(std::min(lines.size(), value.size() + kLineEnd.size()));
    if (value.find(':') == std::string_view::npos) return false;
    const std::string_view name = CutUntil(value, ':');
    if (name.empty() || name.find_first_of(" \t") != std::string_view::npos) return false;
    if (EqualsIgnoringCase(name, "content-type")) part.content_type = Trimmed(value);
    if (!EqualsIgnoringCase(name, "content-disposition")) continue;
    if (++dispositions > 1 || !ReadDisposition(value, part)) return false;
  }
  return dispositions == 1;
}

std::optional<Part> ReadPart(std::string_view text, size_t max_header) {
  constexpr std::string_view kHeaderEnd = "\r\n\r\n";
  const size_t end = text.substr(0, max_header).find(kHeaderEnd);
  if (end == std::string_view::npos) return std::nullopt;
  Part part;
  if (!ReadHeaders(text.substr(0, end), part)) return std::nullopt;
  part.content = text.substr(end + kHeaderEnd.size());
  return part;
}

}  // namespace

std::optional<std::vector<Part>> ParseMultipart(std::string_view content_type,
                                                std::string_view body, MultipartLimits limits) {
  const auto mark = DelimiterOf(content_type);
  if (!mark) return std::nullopt;
  auto delimiter = FirstDelimiter(body, *mark);
  std::vector<Part> parts;
  while (delimiter && !delimiter->closing) {
    const auto next = FindDelimiter(body, *mark, delimiter->end);
    if (!next || parts.size() == limits.parts) return std::nullopt;
    auto part =
        ReadPart(body.substr(delimiter->end, next->begin - delimiter->end), limits.header_bytes);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    delimiter = next;
  }
  if (!delimiter) return std::nullopt;
  return parts;
}

}  // namespace rosterd::fcgi
