#pragma once

#include <optional>
#include <string_view>

namespace rosterd::cscart {

/// The content type of the answer to a GET or HEAD with this Accept header ("" when there is none):
/// "application/json" or "text/plain", the same JSON text either way; nothing means 406.
/// Contract: section 8.
std::optional<std::string_view> NegotiateType(std::string_view accept);

}  // namespace rosterd::cscart
