#include "fcgi/basic_auth.h"

#include <sodium/utils.h>

#include "fcgi/ascii.h"
#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

constexpr std::string_view kScheme = "basic";

/// RFC 4648 base64, its padding complete or left out altogether.
std::optional<std::string> DecodeBase64(std::string_view text) {
  const int variant = text.ends_with('=') ? sodium_base64_VARIANT_ORIGINAL
                                          : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string bytes(text.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, variant) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

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
