#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// GET /home: what the caller may do. No statement. Contract: section 15.1.
fcgi::Response Home(const Call& call);

/// GET /status: whether the store can be reached, always 200. One statement. Contract:
/// section 15.2.
class Status {
 public:
  explicit Status(Services services) : services_(std::move(services)) {}
  fcgi::Response operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
