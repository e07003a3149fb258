#include "directory/secrets.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace rosterd::directory {

namespace {

constexpr size_t kLeastKeySize = 32;

const unsigned char* Bytes(std::string_view text) {
  // libsodium speaks unsigned char; both are bytes.
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

void InitialiseSecrets() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
}

std::string RandomBytes(size_t size) {
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string RandomAlphanumeric(size_t size) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string text(size, '\0');
  for (char& letter : text) letter = kLetters[randombytes_uniform(kLetters.size())];
  return text;
}

// OpenSSL uses the processor's instructions for it, libsodium does not: a quarter of the time. To
// look the algorithm up and to make a context takes longer than the digest, so both are kept.
std::string Sha256(std::string_view text) {
  static EVP_MD* const form = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  if (EVP_DigestInit_ex2(context.get(), form, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), text.data(), text.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), Bytes(digest), nullptr) != 1) {
    throw std::runtime_error("OpenSSL computes no SHA-256");
  }
  return digest;
}

std::string HmacSha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
  crypto_auth_hmacsha256_update(&state, Bytes(text), text.size());
  std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, Bytes(digest));
  sodium_memzero(&state, sizeof(state));
  return digest;
}

std::string Base64Url(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), Bytes(bytes), bytes.size(), kVariant);
  text.pop_back();  // the terminating NUL
  return text;
}

std::string Hex(std::string_view bytes) {
  std::string text((bytes.size() * 2) + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), Bytes(bytes), bytes.size());
  text.pop_back();  // the terminating NUL
  return text;
}

bool SameSecret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string ReadKeyFile(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    throw std::runtime_error("cannot read the key file " + path + ": " +
                             std::generic_category().message(errno) +
                             "; make one with `rosterctl keys init`");
  }
  if (bytes.size() < kLeastKeySize) {
    throw std::runtime_error("the key file " + path + " holds " + std::to_string(bytes.size()) +
                             " bytes, 32 at least are needed; make one with `rosterctl keys init`");
  }
  return bytes;
}

}  // namespace rosterd::directory
