#pragma once

#include <cstddef>
#include <optional>

#include "fcgi/request.h"

namespace rosterd::fcgi {

/// What the FastCGI parameters say about the request as a whole.
struct ParamsSummary {
  /// False when they are too many bytes, Authorization or Content-Length came twice, or the length
  /// is no number: the request must be refused.
  bool acceptable = true;
  /// CONTENT_LENGTH, 0 when it is empty or absent; nothing when it cannot be known.
  std::optional<size_t> content_length;
};

/// Copies the parameters ("NAME=value", ended by a null pointer) into `request` and fills in its
/// fields. More than `max_bytes` are not acceptable.
ParamsSummary ReadParams(const char* const* params, size_t max_bytes, Request& request);

}  // namespace rosterd::fcgi
