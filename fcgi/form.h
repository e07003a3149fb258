#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fcgi/value.h"

namespace rosterd::fcgi {

/// "%41+b" as the text it stands for, "A b"; with `plus_is_space` off, "+" stays. A "%" that is not
/// followed by two hex digits stays as it is, as browsers and PHP read it.
std::string PercentDecode(std::string_view text, bool plus_is_space);

/// The text with everything but letters, digits and "-._~" as "%41": for one value in a URL.
std::string PercentEncode(std::string_view text);

/// How repeated scalars of one name are read.
enum class Repeated {
  kLastWins,  ///< a=1&a=2 is "2", as in PHP
  kList,      ///< a=1&a=2 is the list ["1","2"]
};

struct FormLimits {
  size_t fields = 1000;  ///< name=value pairs; more is refused
  int depth = 8;         ///< brackets in one name; more is refused
};

/// `a=b&c[]=d&e[k]=v` (application/x-www-form-urlencoded, a query string, or the text form of
/// multipart fields) as an object of texts, lists (`c[]`, `c[0]`) and objects (`e[k]`), names read
/// as PHP reads them except that dots and blanks in names are kept. Names without `=` are empty
/// texts, empty names are skipped. Nothing when a limit is passed. Invalid UTF-8 is not refused
/// here.
std::optional<Value> ParseForm(std::string_view text, Repeated repeated = Repeated::kLastWins,
                               FormLimits limits = {});

/// Adds one already decoded field with a PHP-style name to `object`; false when a limit is passed.
bool AddField(Value& object, std::string_view name, std::string text, Repeated repeated,
              FormLimits limits);

}  // namespace rosterd::fcgi
