#include "directory/housekeeping.h"

#include <chrono>

#include "db/credentials.h"
#include "db/outbox.h"
#include "db/throttle_store.h"

namespace rosterd::directory {
namespace {

constexpr int kBite = 500;  // rows in one transaction: locks are held for milliseconds
constexpr std::chrono::days kKeepEndedCredentials{30};
constexpr std::chrono::days kKeepThrottleWindows{1};
constexpr std::chrono::days kKeepGivenUpMails{30};

}  // namespace

Outcome<Swept> Sweep(db::Connection& connection, Persons& persons, const Actor& actor) {
  Swept swept;
  const auto purged = persons.PurgeExpired(actor, kBite);
  if (!purged) return purged.error();
  swept.purged_persons = static_cast<uint64_t>(*purged);

  const db::Time now = db::Now();
  const auto rows = connection.Transaction([&](db::Session& session) -> Outcome<Swept> {
    Swept removed;
    removed.credentials = db::CredentialStore::Sweep(session, now - kKeepEndedCredentials, kBite);
    removed.throttle_windows = db::ThrottleStore::Sweep(session, now - kKeepThrottleWindows, kBite);
    removed.mails = db::Outbox::Sweep(session, now - kKeepGivenUpMails, kBite);
    return removed;
  });
  if (!rows) return rows.error();
  swept.credentials = rows->credentials;
  swept.throttle_windows = rows->throttle_windows;
  swept.mails = rows->mails;
  return swept;
}

}  // namespace rosterd::directory
