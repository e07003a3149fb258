#pragma once

#include <utility>

#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// POST /auth: two tokens for the user or the application that the gate has identified by the
/// credentials of the request. One transaction beside those of the sign-in itself. 401, 403, 503.
/// Contract: section 6.2.
class GiveTokens {
 public:
  explicit GiveTokens(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// POST /auth/optout: the user is removed for good. 403 for user 1 and for locked ones. Contract:
/// section 6.7.
class OptOut {
 public:
  explicit OptOut(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::bedita
