#include "handlers/bedita/jwt.h"

#include <jwt.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "fcgi/json.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostBytes = 8192;  // of a token

using Token = std::unique_ptr<jwt_t, decltype(&jwt_free)>;
using CText = std::unique_ptr<char, decltype(&std::free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// libjwt verifies with the public key, which is in the private one.
std::string PublicKeyOf(const std::string& private_key) {
  const Bio source(BIO_new_mem_buf(private_key.data(), static_cast<int>(private_key.size())),
                   BIO_free);
  const Key key(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const Bio target(BIO_new(BIO_s_mem()), BIO_free);
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
      PEM_write_bio_PUBKEY(target.get(), key.get()) != 1) {
    throw std::runtime_error("bedita.jwt.secret: RS256 needs a private RSA key in PEM");
  }
  char* text = nullptr;
  const auto size = BIO_get_mem_data(target.get(), &text);
  return {text, static_cast<size_t>(size)};
}

bool IsTokenByte(char byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.';
}

bool LooksLikeToken(const std::string& token) {
  return token.size() <= kMostBytes && std::ranges::count(token, '.') == 2 &&
         std::ranges::all_of(token, IsTokenByte);
}

}  // namespace

Jwt::Jwt(std::string_view algorithm, std::string secret)
    : algorithm_(algorithm), signing_key_(std::move(secret)), verifying_key_(signing_key_) {
  // Without a key libjwt would not look at signatures at all.
  if (signing_key_.empty()) throw std::runtime_error("bedita.jwt.secret: a key is needed");
  if (algorithm_ == "RS256") verifying_key_ = PublicKeyOf(signing_key_);
}

std::string Jwt::Sign(const std::string& claims) const {
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) throw std::runtime_error("libjwt makes no token");
  const Token token(made, jwt_free);
  const int size = static_cast<int>(signing_key_.size());
  if (jwt_set_alg(made, jwt_str_alg(algorithm_.c_str()), Bytes(signing_key_), size) != 0 ||
      jwt_add_grants_json(made, claims.c_str()) != 0) {
    throw std::runtime_error("libjwt takes neither key nor claims");
  }
  const CText text(jwt_encode_str(made), std::free);
  if (text == nullptr) throw std::runtime_error("libjwt cannot sign");
  return text.get();
}

std::optional<fcgi::Value> Jwt::Verify(const std::string& token) const {
  if (!LooksLikeToken(token)) return std::nullopt;
  jwt_t* decoded = nullptr;
  const int size = static_cast<int>(verifying_key_.size());
  if (jwt_decode(&decoded, token.c_str(), Bytes(verifying_key_), size) != 0) return std::nullopt;
  const Token guard(decoded, jwt_free);
  // libjwt believes the token about its algorithm: a public key would do as the secret of HS256.
  if (jwt_get_alg(decoded) != jwt_str_alg(algorithm_.c_str())) return std::nullopt;
  const CText text(jwt_get_grants_json(decoded, nullptr), std::free);
  if (text == nullptr) return std::nullopt;
  fcgi::JsonError error;
  auto claims = fcgi::ParseJson(text.get(), error);
  if (!claims || claims->AsObject() == nullptr) return std::nullopt;
  return claims;
}

}  // namespace rosterd::bedita
