#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace rosterd::ctl {

/// What an operator may hand out in one dialect: an API key or a token, and the form it has there.
struct SecretKind {
  std::string_view dialect;
  std::string_view kind;                ///< "key" or "token", the name in the credentials
  std::vector<std::string_view> roles;  ///< the first one is the default; empty = there are none
  bool only_one = false;                ///< a new one ends the person's old one
  bool names_person = true;  ///< false: the dialect asks for the e-mail address beside it
  std::string (*make)() = nullptr;
  bool (*fits)(std::string_view value) = nullptr;
  std::string_view allowed;  ///< what `fits` takes, for the refusal
  int (*at_most)(const config::Settings& settings) = nullptr;  ///< that a person may have
};

/// The form of keys, or of tokens, of a dialect; nothing when it has none.
const SecretKind* FindSecretKind(std::string_view dialect, std::string_view kind);

/// The short names of the dialects that have this kind, for the help.
std::vector<std::string> DialectsWith(std::string_view kind);

/// True for the crypt(3) form in which CS-Cart keeps keys: "$2y$…", "$2a$…", "$2b$…".
bool IsBcrypt(std::string_view text);

}  // namespace rosterd::ctl
