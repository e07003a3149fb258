#include "fcgi/basic_auth.h"

#include "fcgi/ascii.h"
#include "fcgi/base64.h"
#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

constexpr std::string_view kScheme = "basic";

}  // namespace

std::optional<BasicCredentials> ParseBasic(std::string_view header) {
  header = Trimmed(header);
  const size_t blank = header.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  if (!EqualsIgnoringCase(header.substr(0, blank), kScheme)) return std::nullopt;

  const auto pair = DecodeBase64(Trimmed(header.substr(blank)));
  if (!pair || pair->find('\0') != std::string::npos || !IsUtf8(*pair)) return std::nullopt;
  const size_t colon = pair->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return BasicCredentials{.user = pair->substr(0, colon), .password = pair->substr(colon + 1)};
}

}  // namespace rosterd::fcgi
