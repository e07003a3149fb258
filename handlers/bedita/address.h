#pragma once

#include <string>
#include <string_view>

#include "config/settings.h"
#include "fcgi/request.h"

namespace rosterd::bedita {

/// What all links of an answer begin with: the public base URL, or scheme and Host of the request,
/// and the mount's prefix; without a slash at the end. Contract: section 1.
std::string BaseUrl(const fcgi::Request& request, const config::Bedita& settings);

/// The path behind the mount's prefix as it was requested, in ASCII.
std::string PathBehindPrefix(const fcgi::Request& request);

}  // namespace rosterd::bedita
