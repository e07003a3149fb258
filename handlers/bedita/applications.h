#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/bedita/application_store.h"
#include "db/result.h"
#include "directory/epoch.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/problem.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// Finds the application that a request comes from. Contract: section 5. One statement, none for a
/// key that was seen within the last second.
class Applications {
 public:
  explicit Applications(const Services& services) : services_(services), cache_(services.epoch) {}

  /// By the key of the header or of the query; no application when there is no key and none is
  /// wanted. 403 `Missing API key`, `Invalid API key`; 429 after too many wrong keys.
  Result<Application, Problem> ByKey(const Call& call);

  /// By the id in a token; nothing when it is disabled or gone.
  Result<std::optional<Application>, Problem> ById(uint64_t id);

  /// By key and, where it has one, secret: grant client_credentials. 401 `Login request not
  /// successful`.
  Result<Application, Problem> ByCredentials(const Call& call, const std::string& key,
                                             const std::string& secret);

 private:
  using Found = std::optional<db::bedita::Application>;
  Result<Found, Problem> Find(const std::string& digest);
  Problem Refuse(const Call& call, const Problem& problem) const;

  Services services_;
  directory::CredentialCache<Application> cache_;
};

}  // namespace rosterd::bedita
