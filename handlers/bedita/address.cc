#include "handlers/bedita/address.h"

#include <algorithm>

namespace rosterd::bedita {
namespace {

std::string_view WithoutSlashes(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

bool IsHostByte(char byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == ':' || byte == '_' ||
         byte == '[' || byte == ']';
}

std::string Origin(const fcgi::Request& request) {
  const std::string_view host = request.Header("Host").value_or("");
  const bool fits = !host.empty() && std::ranges::all_of(host, IsHostByte);
  return (request.https ? "https://" : "http://") + std::string(fits ? host : "localhost");
}

}  // namespace

std::string BaseUrl(const fcgi::Request& request, const config::Bedita& settings) {
  const std::string_view configured = WithoutSlashes(settings.public_base_url);
  const std::string origin = configured.empty() ? Origin(request) : std::string(configured);
  return origin + std::string(WithoutSlashes(request.prefix));
}

std::string PathBehindPrefix(const fcgi::Request& request) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string_view path = request.raw_path;
  const std::string_view prefix = WithoutSlashes(request.prefix);
  const bool behind =
      path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
  if (behind) path.remove_prefix(prefix.size());
  std::string clean;
  for (const char byte : path.empty() ? std::string_view("/") : path) {
    if (byte > ' ' && byte < '\x7f') {
      clean += byte;
      continue;
    }
    const auto bits = static_cast<unsigned char>(byte);
    clean += '%';
    clean += kDigits[bits >> 4U];
    clean += kDigits[bits & 15U];
  }
  return clean;
}

}  // namespace rosterd::bedita
