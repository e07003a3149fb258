#include "handlers/timeslot/reset_link.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "db/credentials.h"
#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

using directory::Outcome;
using directory::Refusal;

constexpr std::string_view kDialect = "timeslot";
constexpr std::string_view kKind = "reset";
constexpr size_t kSecretBytes = 32;
constexpr size_t kSecretSize = 43;

std::optional<db::Credential> FindLive(db::Session& session, std::string_view secret) {
  return db::CredentialStore::FindByDigest(session, kDialect, kKind, directory::Sha256(secret),
                                           db::Now());
}

}  // namespace

std::string ResetLinks::MakeSecret() {
  return directory::Base64Url(directory::RandomBytes(kSecretBytes));
}

bool ResetLinks::LooksRight(std::string_view secret) {
  return secret.size() == kSecretSize && std::all_of(secret.begin(), secret.end(), [](char byte) {
           return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                  (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_';
         });
}

void ResetLinks::Add(db::Session& session, const directory::Actor& actor, UserId user,
                     std::string_view secret) {
  const directory::Credentials::Request request{.dialect = std::string(kDialect),
                                                .kind = std::string(kKind),
                                                .user = user,
                                                .role = "",
                                                .label = "",
                                                .lifetime = kResetLinkLifetime};
  directory::Credentials::Issue(session, actor, request, secret, db::Now());
}

Outcome<ResetLink> ResetLinks::Find(std::string_view secret) const {
  if (!LooksRight(secret)) return Refusal::Kind::kNotFound;
  return services_.connection.Read([&](db::Session& session) -> Outcome<ResetLink> {
    const auto credential = FindLive(session, secret);
    if (!credential) return Refusal::Kind::kNotFound;
    return ResetLink{credential->id, credential->user};
  });
}

Outcome<std::monostate> ResetLinks::Use(const directory::Actor& actor, std::string_view secret,
                                        const ResetLink& link, std::string_view password) const {
  const auto stored = services_.passwords.Hash(password);
  if (!stored) return Refusal::Kind::kBusy;
  const auto edit = [&](db::Session& session, db::Person& person,
                        directory::EditExtras& /*extras*/) -> Outcome<std::monostate> {
    // The person's row is locked by now: who else used the link has committed.
    const auto credential = FindLive(session, secret);
    if (!credential || credential->id != link.credential) return Refusal::Kind::kNotFound;
    person.password = *stored;
    return std::monostate();
  };
  const auto updated = services_.persons.Update(actor, link.user, edit);
  if (!updated) return updated.error();
  return std::monostate();
}

}  // namespace rosterd::timeslot
