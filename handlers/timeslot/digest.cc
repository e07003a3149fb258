#include "handlers/timeslot/digest.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

std::string HexDigest(std::string_view bytes, const EVP_MD* form) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, form, nullptr) != 1) {
    throw std::runtime_error("OpenSSL computes no digest");
  }
  const std::string raw(digest.begin(), digest.begin() + size);
  return directory::Hex(raw);
}

}  // namespace

std::string HexMd5(std::string_view bytes) { return HexDigest(bytes, EVP_md5()); }

std::string HexSha1(std::string_view bytes) { return HexDigest(bytes, EVP_sha1()); }

}  // namespace rosterd::timeslot
