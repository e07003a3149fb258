#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::fcgi {

/// "Application/JSON; charset=utf-8" as "application/json": lower case, without parameters and
/// blanks.
std::string MediaType(std::string_view content_type);

/// One entry of an Accept header (RFC 9110 section 12.5.1), parameters other than q dropped.
struct AcceptRange {
  std::string type;  ///< lower case: "application/json", "text/*", "*/*"
  int q = 1000;      ///< thousandths; entries with q = 0 are kept, as "not this one"
};

/// The entries of an Accept header, best first; equal ones stay in the order of the header.
/// Malformed entries are skipped.
std::vector<AcceptRange> ParseAccept(std::string_view accept);

/// True when `range` ("*/*", "text/*" or a whole type) covers `type`.
bool Covers(std::string_view range, std::string_view type);

}  // namespace rosterd::fcgi
