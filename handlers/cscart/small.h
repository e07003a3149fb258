#pragma once

#include "config/settings.h"
#include "fcgi/response.h"
#include "handlers/cscart/call.h"

namespace rosterd::cscart {

/// GET /api/?version: what this shop calls itself, for everybody. Contract: section 18.
fcgi::Response Banner(const config::Cscart& settings);

/// GET /version: the version of the API that the path named.
Answer GetVersion(const Call& call);

/// GET /versions: all that there are.
Answer ListVersions(const Call& call);

}  // namespace rosterd::cscart
