#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::fcgi {

/// A header value such as `form-data; name="a b"; filename*=utf-8''x`, taken apart (RFC 9110
/// section 5.6.6).
struct HeaderParams {
  struct Param {
    std::string name;   ///< lower case
    std::string value;  ///< without quotes and their backslashes
  };
  std::string value;  ///< before the first ";", lower case
  std::vector<Param> params;

  /// The first parameter of this name (lower case); null when there is none.
  const std::string* Find(std::string_view name) const;
};

/// Reads the value of a header. Nothing when a quote stays open, text follows a closed quote, or a
/// parameter has no name or no "=". Inside of quotes a backslash guards only a quote or a
/// backslash: old browsers send `filename="C:\x"` as it is.
std::optional<HeaderParams> ParseHeaderParams(std::string_view header);

/// The pieces between the separators that stand outside of quotes, trimmed.
std::vector<std::string_view> SplitOutsideQuotes(std::string_view text, char separator);

}  // namespace rosterd::fcgi
