#pragma once

#include <string_view>

#include "config/settings.h"
#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::bedita {

/// True when pages of this origin may call: "https://host", "*.domain" or "*" of the setting.
bool IsAllowedOrigin(std::string_view origin, const config::Bedita& settings);

/// Adds the headers that browsers ask for, where the settings and the request's Origin want them.
/// Contract: section 2.5.
void AddCorsHeaders(const fcgi::Request& request, const config::Bedita& settings,
                    fcgi::Response& response);

}  // namespace rosterd::bedita
