#include "handlers/cscart/etag.h"

#include <string_view>
#include <utility>

#include "directory/secrets.h"
#include "handlers/cscart/body.h"
#include "handlers/cscart/call.h"

namespace rosterd::cscart {
namespace {

// If-None-Match compares weakly (RFC 9110 section 13.1.2).
bool Lists(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const size_t comma = header.find(',');
    std::string_view entry = Trim(header.substr(0, comma));
    if (entry.starts_with("W/")) entry.remove_prefix(2);
    if (entry == "*" || entry == tag) return true;
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
  }
  return false;
}

}  // namespace

std::string TagOf(std::string_view body) {
  return '"' + directory::Hex(directory::Sha256(body).substr(0, 16)) + '"';
}

fcgi::Response TaggedResponse(const fcgi::Request& request, std::string body) {
  const std::string tag = TagOf(body);
  return TaggedResponse(request, std::move(body), tag);
}

fcgi::Response TaggedResponse(const fcgi::Request& request, std::string body,
                              const std::string& tag) {
  const bool known = Lists(request.Header("If-None-Match").value_or(""), tag);
  fcgi::Response response = known ? EmptyResponse(304) : JsonResponse(200, std::move(body));
  response.SetHeader("ETag", tag);
  return response;
}

}  // namespace rosterd::cscart
