#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// POST /auth — a one-time link that signs somebody in to the storefront.
///
/// Errors: 400 without an e-mail address, for a disabled account and for one that has three unused
/// links; 403 for accounts that the caller may not sign in as; 404 for an unknown address.
/// Contract: section 16.
class CreateLoginKey {
 public:
  explicit CreateLoginKey(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
