#include <sodium/utils.h>

#include "fcgi/basic_auth.h"
#include "fcgi/json.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

std::string Base64(std::string_view text, int variant) {
  std::string encoded(sodium_base64_encoded_len(text.size(), variant), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(), variant);
  encoded.pop_back();  // the terminator
  return encoded;
}

void CheckCredentials(const fcgi::BasicCredentials& credentials) {
  for (const auto& text : {credentials.user, credentials.password}) {
    Require(fcgi::IsUtf8(text) && text.find('\0') == std::string::npos);
  }
  Require(credentials.user.find(':') == std::string::npos);
  const std::string pair = credentials.user + ':' + credentials.password;
  for (const int variant :
       {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING}) {
    const auto same = fcgi::ParseBasic("Basic " + Base64(pair, variant));
    Require(same && same->user == credentials.user && same->password == credentials.password);
  }
}

}  // namespace
}  // namespace rosterd::fuzz

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = rosterd::fuzz::AsText(data, size);
  // As a whole header, and as the pair inside of one, which a fuzzer seldom reaches through base64.
  const std::string encoded =
      "Basic " + rosterd::fuzz::Base64(text, sodium_base64_VARIANT_ORIGINAL);
  for (const auto header : {text, std::string_view(encoded)}) {
    const auto credentials = rosterd::fcgi::ParseBasic(header);
    if (credentials) rosterd::fuzz::CheckCredentials(*credentials);
  }
  return 0;
}
