#include "handlers/bedita/applications.h"

#include <chrono>
#include <utility>

#include "directory/secrets.h"

namespace rosterd::bedita {
namespace {

using db::bedita::ApplicationStore;

constexpr size_t kMostKeyBytes = 255;

std::string KeyOf(const Call& call) {
  const auto header = call.request.Header("X-Api-Key");
  if (header && !header->empty()) return std::string(*header);
  return call.query.Text("api_key").value_or("");
}

}  // namespace

Result<Application, Problem> Applications::ByKey(const Call& call) {
  const std::string key = KeyOf(call);
  if (key.empty()) {
    if (!call.Settings().block_anonymous_apps) return Application();
    return Problem{403, "Missing API key"};
  }
  const std::string digest = directory::Sha256(key);
  if (const Application* known = cache_.Find(digest)) return *known;

  const uint64_t epoch = cache_.Epoch();
  const auto found = Find(digest);
  if (!found) return found.error();
  if (key.size() > kMostKeyBytes || !*found || !(*found)->enabled) {
    return Refuse(call, {403, "Invalid API key"});
  }
  Application application{(*found)->id, (*found)->name};
  cache_.Store(digest, epoch, application);
  return application;
}

Result<std::optional<Application>, Problem> Applications::ById(uint64_t id) {
  const auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return ApplicationStore::Find(session, id);
  });
  if (!found) return ToProblem(found.error());
  if (!*found || !(*found)->enabled) return std::optional<Application>();
  return std::optional(Application{(*found)->id, (*found)->name});
}

Result<Application, Problem> Applications::ByCredentials(const Call& call, const std::string& key,
                                                         const std::string& secret) {
  const auto found = Find(directory::Sha256(key));
  if (!found) return found.error();
  const bool known = *found && (*found)->enabled;
  const bool wants_secret = known && !(*found)->secret_digest.empty();
  if (!known || (wants_secret &&
                 !directory::SameSecret((*found)->secret_digest, directory::Sha256(secret)))) {
    return Refuse(call, Problem::LoginFailed());
  }
  return Application{(*found)->id, (*found)->name};
}

Result<Applications::Found, Problem> Applications::Find(const std::string& digest) {
  auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return ApplicationStore::FindByKey(session, digest);
  });
  if (!found) return ToProblem(found.error());
  return *std::move(found);
}

// Only what is wrong gets here: a valid key is never refused for the failures of others.
Problem Applications::Refuse(const Call& call, const Problem& problem) const {
  services_.count_event("rosterd_sign_in_failures_total{dialect=\"bedita\"}");
  const std::vector<directory::Throttle::Limit> limits = {
      {"bedita.key.address", call.request.remote_address,
       call.Settings().sign_in_failures_per_address, services_.settings.throttle.sign_in_window}};
  using Lock = std::optional<std::chrono::seconds>;
  const auto locked =
      services_.connection.Transaction([&](db::Session& session) -> db::StoreResult<Lock> {
        const Lock lock = services_.throttle.Locked(session, limits);
        if (!lock) services_.throttle.Fail(session, limits);
        return lock;
      });
  if (!locked) return ToProblem(locked.error());
  // A guess at a sign-in is answered as ever (section 6.2).
  if (*locked && problem.status == 403) return Problem::Later(429, **locked);
  return problem;
}

}  // namespace rosterd::bedita
