#include "handlers/bedita/cors.h"

#include <algorithm>
#include <string>
#include <vector>

#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

// The host of "https://a.example.org:8443".
std::string_view HostOf(std::string_view origin) {
  const size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  origin.remove_prefix(scheme + 3);
  return origin.substr(0, origin.find(':'));
}

bool Fits(std::string_view pattern, std::string_view origin) {
  if (pattern == "*") return true;
  if (!pattern.starts_with("*.")) return fcgi::EqualsIgnoringCase(pattern, origin);
  const std::string_view domain = pattern.substr(1);
  const std::string_view host = HostOf(origin);
  return host.size() > domain.size() &&
         fcgi::EqualsIgnoringCase(host.substr(host.size() - domain.size()), domain);
}

void AddList(fcgi::Response& response, std::string_view name,
             const std::vector<std::string>& words) {
  std::string value;
  for (const std::string& word : words) {
    if (!value.empty()) value += ", ";
    value += word;
  }
  if (!value.empty()) response.SetHeader(std::string(name), value);
}

}  // namespace

bool IsAllowedOrigin(std::string_view origin, const config::Bedita& settings) {
  return std::ranges::any_of(settings.cors_allow_origin,
                             [&](const std::string& pattern) { return Fits(pattern, origin); });
}

void AddCorsHeaders(const fcgi::Request& request, const config::Bedita& settings,
                    fcgi::Response& response) {
  if (settings.cors_allow_origin.empty()) return;
  const auto& allowed = settings.cors_allow_origin;
  const bool any = std::ranges::find(allowed, "*") != allowed.end();
  if (!any) response.SetHeader("Vary", "Origin");
  const auto origin = request.Header("Origin");
  if (!origin || origin->empty() || !IsAllowedOrigin(*origin, settings)) return;
  response.SetHeader("Access-Control-Allow-Origin", any ? "*" : std::string(*origin));
  AddList(response, "Access-Control-Allow-Methods", settings.cors_allow_methods);
  AddList(response, "Access-Control-Allow-Headers", settings.cors_allow_headers);
  AddList(response, "Access-Control-Expose-Headers", settings.cors_expose_headers);
  if (settings.cors_allow_credentials) {
    response.SetHeader("Access-Control-Allow-Credentials", "true");
  }
  if (settings.cors_max_age.count() > 0) {
    response.SetHeader("Access-Control-Max-Age", std::to_string(settings.cors_max_age.count()));
  }
}

}  // namespace rosterd::bedita
