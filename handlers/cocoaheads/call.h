#pragma once

#include <functional>
#include <string>

#include "db/cocoaheads/profile_store.h"
#include "db/ids.h"
#include "db/result.h"
#include "directory/actor.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "handlers/cocoaheads/fields.h"
#include "handlers/cocoaheads/problem.h"

namespace rosterd::cocoaheads {

/// Who a token belongs to; its profile as it was when the token was looked up.
struct Caller {
  db::cocoaheads::Profile profile;
  uint64_t credential = 0;

  UserId Id() const { return profile.id; }
};

/// One request that has passed all checks before its fields, as handlers see it.
struct Call {
  const fcgi::Request& request;
  Caller caller = {};  ///< nobody where no token is asked for
  Fields fields = Fields();

  directory::Actor ToActor() const;
};

using Answer = Result<fcgi::Response, Problem>;
using Handler = std::function<Answer(const Call&)>;

}  // namespace rosterd::cocoaheads
