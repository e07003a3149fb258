#include "directory/hash_forms.h"

#include <crypt.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

constexpr size_t kMd5Digits = 32;
constexpr size_t kBcryptSize = 60;
constexpr size_t kArgon2Most = 127;  // libsodium's crypto_pwhash_STRBYTES without the NUL
constexpr size_t kCryptPasswordLimit = 512;

// A second or some on a slow machine; above them one sign-in would hold a worker past its timeout.
constexpr uint64_t kMostBcryptCost = 16;
constexpr uint64_t kMostShaRounds = 2'000'000;
constexpr uint64_t kMostArgon2Kibibytes = 1U << 20U;
constexpr uint64_t kMostArgon2Iterations = 32;
constexpr char kMostYescryptCost = 'F';

/// A crypt(3) method whose text ends with "$" and a digest of a fixed size.
struct Method {
  std::string_view prefix;
  size_t digest_size;
};
constexpr std::array kMethods = {Method{"$1$", 22}, Method{"$5$", 43}, Method{"$6$", 86},
                                 Method{"$y$", 43}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool IsCryptLetter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
}

bool IsCryptText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsCryptLetter);
}

bool IsMd5(std::string_view hash) {
  return hash.size() == kMd5Digits && std::all_of(hash.begin(), hash.end(), IsHexDigit);
}

bool IsBcrypt(std::string_view hash) {
  if (hash.size() != kBcryptSize || !hash.starts_with("$2")) return false;
  const bool known = hash[2] == 'a' || hash[2] == 'b' || hash[2] == 'y';
  const bool cost = hash[3] == '$' && IsDigit(hash[4]) && IsDigit(hash[5]) && hash[6] == '$';
  return known && cost && IsCryptText(hash.substr(7));
}

bool IsMethod(std::string_view hash, const Method& method) {
  if (!hash.starts_with(method.prefix)) return false;
  const size_t end_of_salt = hash.rfind('$');
  if (end_of_salt < method.prefix.size()) return false;
  const std::string_view salt = hash.substr(0, end_of_salt);
  const bool printable = std::all_of(salt.begin(), salt.end(), [](char c) {
    return c > ' ' && c <= '~' && c != ':' && c != '*' && c != '!' && c != '\\';
  });
  const std::string_view digest = hash.substr(end_of_salt + 1);
  return printable && digest.size() == method.digest_size && IsCryptText(digest);
}

bool IsCrypt(std::string_view hash) {
  return IsBcrypt(hash) ||
         std::any_of(kMethods.begin(), kMethods.end(),
                     [hash](const Method& method) { return IsMethod(hash, method); });
}

bool IsArgon2(std::string_view hash) {
  if (hash.size() > kArgon2Most) return false;
  if (!hash.starts_with("$argon2id$v=") && !hash.starts_with("$argon2i$v=")) return false;
  return std::count(hash.begin(), hash.end(), '$') == 5 &&
         std::all_of(hash.begin(), hash.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// The number behind `name` in a hash's text, `missing` when it is not there.
uint64_t NumberAfter(std::string_view hash, std::string_view name, uint64_t missing) {
  const size_t at = hash.find(name);
  if (at == std::string_view::npos) return missing;
  const std::string_view digits = hash.substr(at + name.size());
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() ? number : UINT64_MAX;
}

bool CryptCostsTooMuch(std::string_view hash) {
  if (hash.starts_with("$2")) return NumberAfter(hash, hash.substr(0, 4), 0) > kMostBcryptCost;
  // "$y$j9T$": the flavour, the logarithm of N in a letter, r. Other flavours are not in use.
  if (hash.starts_with("$y$")) {
    return hash.size() < 7 || hash[3] != 'j' || hash[4] > kMostYescryptCost || hash[6] != '$';
  }
  return NumberAfter(hash, "$rounds=", 0) > kMostShaRounds;
}

std::string Md5(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL computes no md5");
  }
  return Hex({reinterpret_cast<const char*>(digest.data()), size});
}

std::string LowerHex(std::string_view hex) {
  std::string lower(hex);
  for (char& digit : lower) {
    if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
  }
  return lower;
}

}  // namespace

HashForm FormOf(std::string_view hash) {
  if (IsArgon2(hash)) return HashForm::kArgon2;
  if (IsCrypt(hash)) return HashForm::kCrypt;
  if (IsMd5(hash)) return HashForm::kMd5;
  return HashForm::kUnknown;
}

bool CostsTooMuch(std::string_view hash) {
  switch (FormOf(hash)) {
    case HashForm::kArgon2:
      return NumberAfter(hash, "$m=", UINT64_MAX) > kMostArgon2Kibibytes ||
             NumberAfter(hash, ",t=", UINT64_MAX) > kMostArgon2Iterations;
    case HashForm::kCrypt:
      return CryptCostsTooMuch(hash);
    case HashForm::kMd5:
    case HashForm::kUnknown:
      return false;
  }
  return false;
}

bool MatchesCrypt(std::string_view password, std::string_view hash) {
  if (password.size() >= kCryptPasswordLimit || password.find('\0') != std::string_view::npos) {
    return false;
  }
  if (FormOf(hash) != HashForm::kCrypt || CostsTooMuch(hash)) return false;
  const auto scratch = std::make_unique<crypt_data>();  // 32 KiB, too much for the stack
  const char* made =
      crypt_r(std::string(password).c_str(), std::string(hash).c_str(), scratch.get());
  return made != nullptr && *made != '*' && SameSecret(made, hash);
}

bool MatchesMd5(std::string_view password, const db::StoredPassword& stored,
                std::string_view site_salt) {
  if (!IsMd5(stored.hash)) return false;
  const std::string hash = LowerHex(stored.hash);
  if (!stored.salt.empty()) return SameSecret(Md5(Md5(password) + Md5(stored.salt)), hash);
  if (SameSecret(Md5(password), hash)) return true;
  return !site_salt.empty() && SameSecret(Md5(std::string(site_salt).append(password)), hash);
}

}  // namespace rosterd::directory
