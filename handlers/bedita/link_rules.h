#pragma once

#include <string>
#include <string_view>

#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// True for what may be an address at all: a scheme and "://", for schemes of the web a whole URL.
/// Contract: section 13.1.
bool IsLink(std::string_view url);

/// True when an address that came with a request may stand in a mail: it begins with an entry of
/// `link_allow` or, without any, with our own address or that of a page that may call us. Contract:
/// section 19, S6. Our own address is that of the settings: what a request says of itself can be
/// forged, and counts only where it names the client's own machine.
bool IsAllowedLink(std::string_view url, const Call& call);

/// The address with one more parameter: behind a "?", or an "&" where there is a "?" already.
std::string WithParameter(std::string_view url, std::string_view name, std::string_view value);

}  // namespace rosterd::bedita
