#pragma once

#include <string>
#include <utility>

#include "db/cocoaheads/client_store.h"
#include "handlers/cocoaheads/call.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// POST /users/clients: where the caller's pushes go. Contract: section 8.4.
class RegisterClient {
 public:
  explicit RegisterClient(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// DELETE /users/clients/{id}: no pushes any more. Contract: section 8.6.
class RemoveClient {
 public:
  explicit RemoveClient(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// Reads `push_token` from the body, or else from the query. 400 unless it has 1 to 255 characters.
Result<std::string, Problem> ReadPushToken(const Call& call);

/// Puts the token into the caller's one registration, which is made when it is not there. Another
/// person's registration of the same device ends.
Result<db::cocoaheads::Client, Problem> Register(const Services& services, const Call& call,
                                                 const std::string& push_token);

}  // namespace rosterd::cocoaheads
