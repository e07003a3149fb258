#include "handlers/bedita/link_rules.h"

#include <algorithm>
#include <optional>

#include "fcgi/ascii.h"
#include "fcgi/form.h"
#include "fcgi/host.h"
#include "handlers/bedita/cors.h"
#include "handlers/bedita/text_rules.h"

namespace rosterd::bedita {
namespace {

constexpr std::string_view kSeparator = "://";
constexpr size_t kLongest = 2048;

bool IsLetterOrDigit(char letter) {
  const char lower = fcgi::AsciiLower(letter);
  return (lower >= 'a' && lower <= 'z') || (letter >= '0' && letter <= '9');
}

bool IsScheme(std::string_view text) {
  return !text.empty() && IsLetterOrDigit(text.front()) && !(text[0] >= '0' && text[0] <= '9') &&
         std::ranges::all_of(text, [](char letter) {
           return IsLetterOrDigit(letter) || letter == '+' || letter == '-' || letter == '.';
         });
}

/// What no address holds as it is, and what browsers read in more than one way.
bool HasStrangeBytes(std::string_view url) {
  return std::ranges::any_of(url, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte <= ' ' || byte == 0x7F ||
           std::string_view("<>\"\\^`{|}").find(letter) != std::string_view::npos;
  });
}

/// Where scheme, host and port end.
size_t OriginEnd(std::string_view url) {
  const size_t separator = url.find(kSeparator);
  if (separator == std::string_view::npos) return url.size();
  return std::min(url.find_first_of("/?#", separator + kSeparator.size()), url.size());
}

/// "https://a.example.org:8443" of an address, in lower case; nothing when it names a user, or is
/// written in anything but ASCII.
std::optional<std::string> OriginOf(std::string_view url) {
  const size_t separator = url.find(kSeparator);
  if (separator == std::string_view::npos) return std::nullopt;
  const std::string_view origin = url.substr(0, OriginEnd(url));
  const bool plain =
      std::ranges::all_of(origin.substr(separator + kSeparator.size()), [](char letter) {
        return IsLetterOrDigit(letter) ||
               std::string_view("-.:[]").find(letter) != std::string_view::npos;
      });
  if (!plain) return std::nullopt;
  return fcgi::AsciiLower(origin);
}

/// "localhost" of "http://localhost:8080".
std::string_view HostOf(std::string_view origin) {
  const size_t separator = origin.find(kSeparator);
  if (separator == std::string_view::npos) return {};
  return fcgi::HostName(origin.substr(separator + kSeparator.size()));
}

bool IsWhole(std::string_view url) {
  const auto origin = OriginOf(url);
  return IsWebAddress(url) || (origin && HostOf(*origin) == "localhost");
}

/// An entry without a path ends where a name could go on: "https://a.org" is no beginning of
/// "https://a.org.example.net".
bool BeginsWith(std::string_view url, std::string_view entry) {
  const std::string origin = fcgi::AsciiLower(url.substr(0, OriginEnd(url)));
  const std::string wanted = fcgi::AsciiLower(entry.substr(0, OriginEnd(entry)));
  if (entry.size() > wanted.size()) {
    return origin == wanted && url.substr(origin.size()).starts_with(entry.substr(wanted.size()));
  }
  return wanted.ends_with(kSeparator) ? origin.starts_with(wanted) : origin == wanted;
}

bool IsOfOurs(std::string_view url, const Call& call) {
  const config::Bedita& settings = call.Settings();
  const auto origin = OriginOf(url);
  const auto own = OriginOf(call.base);
  if (!origin) return false;
  const bool trusted =
      own && (!settings.public_base_url.empty() || fcgi::IsLoopbackName(HostOf(*own)));
  if (trusted && origin == own) return true;
  // That every page may read answers does not make every page a place to send a password link to.
  const auto& pages = settings.cors_allow_origin;
  return std::ranges::find(pages, "*") == pages.end() && IsAllowedOrigin(*origin, settings);
}

}  // namespace

bool IsLink(std::string_view url) {
  const size_t separator = url.find(kSeparator);
  if (separator == std::string_view::npos || url.size() > kLongest) return false;
  if (!IsScheme(url.substr(0, separator)) || HasStrangeBytes(url)) return false;
  return !IsWebScheme(url.substr(0, separator)) || IsWhole(url);
}

bool IsAllowedLink(std::string_view url, const Call& call) {
  if (!IsLink(url)) return false;
  const auto& allowed = call.Settings().link_allow;
  if (allowed.empty()) return IsOfOurs(url, call);
  return std::ranges::any_of(
      allowed, [&](const std::string& entry) { return entry == "*" || BeginsWith(url, entry); });
}

std::string WithParameter(std::string_view url, std::string_view name, std::string_view value) {
  std::string longer(url);
  longer += url.find('?') == std::string_view::npos ? '?' : '&';
  return longer.append(name).append("=").append(fcgi::PercentEncode(value));
}

}  // namespace rosterd::bedita
