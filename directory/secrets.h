#pragma once

#include <string>
#include <string_view>

namespace rosterd::directory {

/// Must be called once before any other function here; throws std::runtime_error when libsodium
/// fails.
void InitialiseSecrets();

/// `size` random bytes from the system.
std::string RandomBytes(size_t size);
/// `size` random characters of [A-Za-z0-9], each as likely as the others.
std::string RandomAlphanumeric(size_t size);
/// SHA-256, 32 bytes: the form in which keys and tokens are stored.
std::string Sha256(std::string_view text);
/// HMAC-SHA-256, 32 bytes.
std::string HmacSha256(std::string_view key, std::string_view text);
/// Without padding (RFC 4648 section 5).
std::string Base64Url(std::string_view bytes);
std::string Hex(std::string_view bytes);
/// Compares in a time that depends on the length alone.
bool SameSecret(std::string_view left, std::string_view right);
/// The bytes of a key file, 32 at least. Throws std::runtime_error with one line that says what to
/// do.
std::string ReadKeyFile(const std::string& path);

}  // namespace rosterd::directory
