#include "fcgi/base64.h"

#include <sodium/utils.h>

namespace rosterd::fcgi {
namespace {

char LastByte(std::string_view text, std::string_view ignored) {
  const size_t last = text.find_last_not_of(ignored);
  return last == std::string_view::npos ? '\0' : text[last];
}

}  // namespace

std::optional<std::string> DecodeBase64(std::string_view text, const char* ignored) {
  const bool padded = LastByte(text, ignored == nullptr ? "" : ignored) == '=';
  const int variant =
      padded ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string bytes(text.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), ignored, &size, nullptr, variant) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace rosterd::fcgi
