#include "handlers/bedita/text_rules.h"

#include <algorithm>
#include <array>

#include "directory/persons.h"
#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

constexpr std::string_view kForbidden = "<>:/=";
constexpr size_t kLeastRoleName = 2;
constexpr size_t kMostRoleName = 32;
constexpr std::array<std::string_view, 8> kWebSchemes = {"http", "https", "ftp",  "ftps",
                                                         "sftp", "file",  "news", "gopher"};

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsLetter(char c) { return IsLower(fcgi::AsciiLower(c)); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7F;
}
bool IsBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool HasBlank(std::string_view text) { return std::any_of(text.begin(), text.end(), IsBlank); }

bool HasForbidden(std::string_view text) {
  return text.find_first_of(kForbidden) != std::string_view::npos;
}

bool IsLabel(std::string_view label) {
  if (label.empty() || label.starts_with('-') || label.ends_with('-')) return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    return IsLetter(c) || IsDigit(c) || c == '-' || IsBeyondAscii(c);
  });
}

/// Labels with at least one dot between them; the last one is no number.
bool IsDomain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos || domain.ends_with('.')) return false;
  std::string_view label;
  while (!domain.empty()) {
    label = fcgi::CutUntil(domain, '.');
    if (!IsLabel(label)) return false;
  }
  return label.size() > 1 && !std::all_of(label.begin(), label.end(), IsDigit);
}

bool IsIpv4(std::string_view text) {
  int parts = 0;
  while (!text.empty()) {
    const std::string_view part = fcgi::CutUntil(text, '.');
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), IsDigit)) {
      return false;
    }
    ++parts;
  }
  return parts == 4;
}

bool IsHost(std::string_view host) {
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && !host.ends_with(']')) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || !std::all_of(port.begin(), port.end(), IsDigit)) return false;
    host = host.substr(0, colon);
  }
  if (host.starts_with('[')) {
    return host.ends_with(']') &&
           host.find_first_not_of("[]:.0123456789abcdefABCDEF") == std::string_view::npos;
  }
  return IsIpv4(host) || IsDomain(host);
}

// "example.org" in "see example.org": a dot with two lower-case letters behind it.
bool LooksLikeDomain(std::string_view text) {
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '.' && IsLower(text[i + 1]) && IsLower(text[i + 2])) return true;
  }
  return false;
}

}  // namespace

bool IsEmailAddress(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || HasBlank(text)) return false;
  const std::string_view name = text.substr(0, at);
  if (name.find_first_of("@()<>[]:;,\\\"") != std::string_view::npos) return false;
  if (name.starts_with('.') || name.ends_with('.')) return false;
  if (name.find("..") != std::string_view::npos) return false;
  return IsDomain(text.substr(at + 1));
}

bool IsWebScheme(std::string_view scheme) {
  const std::string lower = fcgi::AsciiLower(scheme);
  return std::find(kWebSchemes.begin(), kWebSchemes.end(), lower) != kWebSchemes.end();
}

bool IsWebAddress(std::string_view text) {
  const size_t end = text.find("://");
  if (end == std::string_view::npos || HasBlank(text)) return false;
  if (!IsWebScheme(text.substr(0, end))) return false;
  std::string_view host = text.substr(end + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const size_t at = host.rfind('@');
  if (at != std::string_view::npos) host.remove_prefix(at + 1);
  return IsHost(host);
}

bool IsUsername(std::string_view text) {
  if (IsEmailAddress(text)) return true;
  if (HasForbidden(text)) return false;
  if (text.find('.') == std::string_view::npos) return true;
  if (HasBlank(text) || text.starts_with('.') || text.ends_with('.')) return false;
  return text.find("..") == std::string_view::npos;
}

bool IsPersonName(std::string_view text) { return !HasForbidden(text) && !LooksLikeDomain(text); }

bool IsRoleName(std::string_view text) {
  if (text.size() < kLeastRoleName || text.size() > kMostRoleName) return false;
  if (!IsLetter(text.front()) || text.ends_with(' ')) return false;
  if (text.find("  ") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == ' '; });
}

bool IsStorable(std::string_view text, bool one_line) {
  if (!directory::IsCleanText(text)) return false;
  return !one_line || text.find_first_of("\t\r\n") == std::string_view::npos;
}

}  // namespace rosterd::bedita
