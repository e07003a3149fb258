#include "handlers/cocoaheads/allow.h"

namespace rosterd::cocoaheads {

std::string AllowValue(const std::vector<std::string_view>& methods) {
  std::string value;
  for (const std::string_view method : methods) {
    if (!value.empty()) value += ", ";
    value += method;
  }
  return value;
}

fcgi::Response OptionsResponse(const std::vector<std::string_view>& methods) {
  fcgi::Response response;
  response.status = 204;
  response.SetHeader("Allow", AllowValue(methods));
  return response;
}

}  // namespace rosterd::cocoaheads
