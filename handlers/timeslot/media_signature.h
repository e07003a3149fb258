#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// GET /v1/media-signature — what a client needs to upload one image to Cloudinary by itself.
///
/// Errors: 503 without Cloudinary's key or secret in the settings, 429 for an address that asks too
/// often. Contract: 6.4.
class GetMediaSignature {
 public:
  explicit GetMediaSignature(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot
