#include "ctl/secret_kinds.h"

#include <algorithm>

#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

bool IsOneOf(char byte, std::string_view set) { return set.find(byte) != std::string_view::npos; }

bool IsAlphanumeric(char byte) {
  return IsOneOf(byte, kUpper) || IsOneOf(byte, kLower) || IsOneOf(byte, kDigits);
}

bool IsOpaque(std::string_view value) {
  const auto is_visible = [](char byte) { return byte > ' ' && byte <= '~'; };
  return !value.empty() && value.size() <= 255 && std::ranges::all_of(value, is_visible);
}

// Whatever a client may send in a header, where blanks around it do not count.
bool IsHeaderValue(std::string_view value) {
  const auto is_control = [](char byte) { return (byte >= 0 && byte < ' ') || byte == 0x7F; };
  return !value.empty() && value.size() <= 1024 && value.front() != ' ' && value.back() != ' ' &&
         std::ranges::none_of(value, is_control);
}

bool IsCscartKey(std::string_view value) {
  return value.size() == 32 && std::ranges::all_of(value, IsAlphanumeric);
}

// The SDK puts its key into the URL without escaping it.
bool IsBrightactKey(std::string_view value) {
  const auto is_hex = [](char byte) { return IsOneOf(byte, "0123456789abcdef"); };
  return value.size() == 32 && std::ranges::all_of(value, is_hex);
}

const std::vector<SecretKind>& AllKinds() {
  static const std::vector<SecretKind> kKinds = {
      {"cscart",
       "key",
       {},
       true,
       false,
       [] { return directory::RandomAlphanumeric(32); },
       IsCscartKey,
       "32 letters and digits, or a bcrypt hash of them"},
      {"brightact",
       "key",
       {"user", "admin"},
       false,
       true,
       [] { return directory::Hex(directory::RandomBytes(16)); },
       IsBrightactKey,
       "32 lower-case hex digits"},
      {"bedita",
       "key",
       {},
       false,
       true,
       [] { return directory::Hex(directory::RandomBytes(20)); },
       IsOpaque,
       "up to 255 visible ASCII characters"},
      {"cocoaheads",
       "token",
       {},
       false,
       true,
       [] { return directory::Base64Url(directory::RandomBytes(32)); },
       IsHeaderValue,
       "up to 1024 bytes without control characters and blanks around",
       [](const config::Settings& settings) { return settings.cocoaheads.tokens_per_user; }},
      {"timeslot",
       "token",
       {},
       false,
       true,
       [] { return directory::Base64Url(directory::RandomBytes(20)); },
       IsOpaque,
       "up to 255 visible ASCII characters"},
  };
  return kKinds;
}

}  // namespace

const SecretKind* FindSecretKind(std::string_view dialect, std::string_view kind) {
  const auto& kinds = AllKinds();
  const auto found = std::ranges::find_if(kinds, [&](const SecretKind& candidate) {
    return candidate.dialect == dialect && candidate.kind == kind;
  });
  return found == kinds.end() ? nullptr : &*found;
}

std::vector<std::string> DialectsWith(std::string_view kind) {
  std::vector<std::string> dialects;
  for (const SecretKind& candidate : AllKinds()) {
    if (candidate.kind == kind) dialects.emplace_back(candidate.dialect);
  }
  return dialects;
}

bool IsBcrypt(std::string_view text) {
  return text.size() == 60 &&
         (text.starts_with("$2y$") || text.starts_with("$2a$") || text.starts_with("$2b$"));
}

}  // namespace rosterd::ctl
