#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::fcgi {

/// One part of a multipart/form-data body (RFC 7578). Bytes are as sent.
struct Part {
  std::string name;                      ///< from Content-Disposition, decoded
  std::optional<std::string> file_name;  ///< present when the part is a file
  std::string content_type;              ///< empty when the part does not say
  std::string content;
};

struct MultipartLimits {
  size_t parts = 1000;         ///< more is refused
  size_t header_bytes = 8192;  ///< of one part; more is refused
};

/// The parts of a body whose Content-Type header was `content_type`. Nothing when that names no
/// boundary (1-70 characters), or the body is cut short, has no closing boundary, a part without a
/// name, or passes a limit.
std::optional<std::vector<Part>> ParseMultipart(std::string_view content_type,
                                                std::string_view body, MultipartLimits limits = {});

}  // namespace rosterd::fcgi
