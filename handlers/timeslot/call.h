#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "db/ids.h"
#include "db/result.h"
#include "directory/actor.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/router.h"
#include "handlers/timeslot/body.h"
#include "handlers/timeslot/problem.h"

namespace rosterd::timeslot {

/// Who signed in: the person and the token. Contract: section 3.
struct Caller {
  UserId id;                ///< 0 = nobody
  uint64_t credential = 0;  ///< id of the token in table `credentials`
};

/// One request that has passed the gate, as handlers see it.
struct Call {
  const fcgi::Request& request;
  Caller caller;            ///< nobody on routes without a token
  fcgi::PathParams params;  ///< "{id}": digits, as many as the client sent
  Body body;                ///< empty for DELETE

  /// For the audit.
  directory::Actor ToActor() const;
  /// Scheme, host and mount as the client used them: "https://api.example.net".
  std::string BaseUrl() const;
  /// The same for links in mails, which hold no host that a stranger made up.
  std::string MailedBaseUrl() const;
};

using Answer = Result<fcgi::Response, Problem>;
using Handler = std::function<Answer(const Call&)>;

}  // namespace rosterd::timeslot
