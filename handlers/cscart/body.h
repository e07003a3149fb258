#pragma once

#include <string>
#include <string_view>

#include "db/result.h"
#include "handlers/cscart/call.h"
#include "handlers/cscart/problem.h"

namespace rosterd::cscart {

/// What the body of a POST or PUT said.
struct Body {
  Fields fields;
  std::string override_method;  ///< _METHOD of a form; empty when there is none
};

/// True for the media types of contract section 7; others are 415 on POST and PUT.
bool IsSupportedBody(std::string_view content_type);

/// Reads a body of a supported type, JSON and forms alike. An empty one has no fields. Problem 400:
/// broken JSON, JSON that is no object, a broken multipart body, too many fields, invalid UTF-8.
Result<Body, Problem> ParseBody(std::string_view content_type, std::string_view body);

/// Without PHP's blanks at both ends: space, tab, CR, LF, vertical tab and NUL.
std::string_view Trim(std::string_view text);

}  // namespace rosterd::cscart
