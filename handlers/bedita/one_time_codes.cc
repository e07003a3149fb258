#include "handlers/bedita/one_time_codes.h"

#include <chrono>

#include "db/credentials.h"
#include "db/person.h"
#include "directory/credentials.h"
#include "directory/secrets.h"
#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

constexpr std::chrono::hours kLife{24};
constexpr size_t kUuidBytes = 16;

/// What a look at a code found out.
enum class Finding { kUsable, kNoCode, kNoUser };
struct Found {
  Finding finding = Finding::kNoCode;
  Code code = {};
};

Found Look(db::Session& session, std::string_view kind, std::string_view uuid, db::Time now) {
  const auto credential = db::CredentialStore::FindByDigestEver(
      session, "bedita", kind, directory::Sha256(fcgi::AsciiLower(uuid)));
  if (!credential || credential->expires_at.value_or(now) <= now) return {};
  const auto person = db::PersonStore::Find(session, credential->user);
  // A delete has ended the code, too.
  if (!person || person->deleted_at) return {Finding::kNoUser};
  if (credential->revoked_at) return {};
  return {Finding::kUsable, {credential->id, credential->user}};
}

}  // namespace

std::string NewUuid() {
  std::string bytes = directory::RandomBytes(kUuidBytes);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
  std::string uuid = directory::Hex(bytes);
  for (const size_t place : {8, 13, 18, 23}) uuid.insert(place, 1, '-');
  return uuid;
}

void IssueCode(db::Session& session, const Call& call, std::string_view kind, UserId user,
               std::string_view uuid) {
  directory::Credentials::Request request;
  request.dialect = "bedita";
  request.kind = kind;
  request.user = user;
  request.lifetime = kLife;
  directory::Credentials::Issue(session, call.ToActor(), request, uuid, db::Now());
}

Result<Code, Problem> FindCode(db::Connection& connection, std::string_view kind,
                               std::string_view uuid) {
  const db::Time now = db::Now();
  const auto found = connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return Look(session, kind, uuid, now);
  });
  if (!found) return ToProblem(found.error());
  if (found->finding == Finding::kNoUser) return Problem::NoRecord("users");
  if (found->finding == Finding::kNoCode) return Problem::NoRecord("async_jobs");
  return found->code;
}

bool TakeCode(db::Session& session, const Code& code) {
  return db::CredentialStore::Revoke(session, code.id, db::Now());
}

}  // namespace rosterd::bedita
