#include "handlers/timeslot/digest.h"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

// To make a context, and to look an algorithm up, takes as long as a digest: both are kept.
std::string HexDigest(std::string_view bytes, const EVP_MD* form) {
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_DigestInit_ex2(context.get(), form, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1) {
    throw std::runtime_error("OpenSSL computes no digest");
  }
  const std::string raw(digest.begin(), digest.begin() + size);
  return directory::Hex(raw);
}

}  // namespace

std::string HexMd5(std::string_view bytes) {
  static EVP_MD* const form = EVP_MD_fetch(nullptr, "MD5", nullptr);
  return HexDigest(bytes, form);
}

std::string HexSha1(std::string_view bytes) {
  static EVP_MD* const form = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  return HexDigest(bytes, form);
}

}  // namespace rosterd::timeslot
