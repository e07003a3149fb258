#include "handlers/brightact/auth.h"

#include <chrono>
#include <optional>

#include "db/brightact/key_store.h"
#include "directory/secrets.h"

namespace rosterd::brightact {
namespace {

using db::brightact::ApiKey;
using db::brightact::KeyStore;

constexpr std::chrono::seconds kWindow{600};

std::string KeyOf(const fcgi::Request& request) {
  if (auto key = FirstParameter(request.query, "key")) return *std::move(key);
  return std::string(request.Header("X-API-Key").value_or(""));
}

}  // namespace

Result<Caller, Problem> Authenticator::operator()(const fcgi::Request& request) {
  const std::string key = KeyOf(request);
  // Nothing was guessed, so nothing is counted.
  if (key.empty()) return Problem::Of(401);

  const std::string digest = directory::Sha256(key);
  if (const Caller* known = cache_.Find(digest)) return *known;
  const uint64_t epoch = cache_.Epoch();
  using Found = std::optional<ApiKey>;
  const auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return KeyStore::Find(session, digest, db::Now());
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Refuse(request);

  // Whatever is not plainly an administrator's key has the lesser rights.
  const Caller caller{(*found)->owner, (*found)->id, (*found)->role == "admin"};
  cache_.Store(digest, epoch, caller);
  return caller;
}

// Only what is wrong gets here: a valid key is never refused for the failures of others.
Problem Authenticator::Refuse(const fcgi::Request& request) {
  services_.count_event("rosterd_sign_in_failures_total{dialect=\"brightact\"}");
  const std::vector<directory::Throttle::Limit> limits = {
      {"brightact.key.address", request.remote_address,
       services_.settings.brightact.key_failures_per_address, kWindow}};
  using Lock = std::optional<std::chrono::seconds>;
  const auto locked =
      services_.connection.Transaction([&](db::Session& session) -> db::StoreResult<Lock> {
        const Lock lock = services_.throttle.Locked(session, limits);
        if (!lock) services_.throttle.Fail(session, limits);
        return lock;
      });
  if (!locked) return ToProblem(locked.error());
  if (*locked) return Problem::Later(429, **locked);
  return Problem::Of(401);
}

}  // namespace rosterd::brightact
