#include "handlers/timeslot/tokens.h"

#include "db/credentials.h"
#include "directory/credentials.h"
#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

constexpr size_t kRandomBytes = 20;

}  // namespace

std::string NewToken() { return directory::Base64Url(directory::RandomBytes(kRandomBytes)); }

void StoreToken(db::Session& session, const directory::Actor& actor, UserId user,
                std::string_view token, int most) {
  const db::Time now = db::Now();
  const auto live = db::CredentialStore::OfUser(session, user, "timeslot", "token", now);
  size_t left = live.size();
  for (const db::Credential& oldest : live) {
    if (left-- < static_cast<size_t>(most)) break;
    db::CredentialStore::Revoke(session, oldest.id, now);
  }
  directory::Credentials::Request request;
  request.dialect = "timeslot";
  request.kind = "token";
  request.user = user;
  directory::Credentials::Issue(session, actor, request, token, now);
}

}  // namespace rosterd::timeslot
