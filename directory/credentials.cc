#include "directory/credentials.h"

#include <utility>

#include "directory/hash_forms.h"
#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

constexpr std::string_view kDigestForm = "sha256";
constexpr std::string_view kCryptForm = "crypt";

/// How the audit names one credential, as Actor::credential does: "key:17".
std::string NameOf(std::string_view kind, uint64_t id) {
  return std::string(kind) + ":" + std::to_string(id);
}

/// How many of the person's live ones may stay beside a new one; nothing when all may.
std::optional<size_t> Room(const Credentials::Request& request) {
  if (request.user.value == 0) return std::nullopt;
  if (request.only_one) return 0;
  if (request.at_most <= 0) return std::nullopt;
  return static_cast<size_t>(request.at_most) - 1;
}

void MakeRoom(db::Session& session, const Credentials::Request& request, db::Time now) {
  const auto room = Room(request);
  if (!room) return;
  const auto others =
      db::CredentialStore::OfUser(session, request.user, request.dialect, request.kind, now);
  for (size_t i = 0; i + *room < others.size(); ++i) {
    db::CredentialStore::Revoke(session, others[i].id, now);
  }
}

/// What ImportHash and Issue store.
struct StoredForm {
  std::string_view form;
  std::string digest;
};

uint64_t Insert(db::Session& session, const Actor& actor, const Credentials::Request& request,
                StoredForm stored, db::Time now) {
  MakeRoom(session, request, now);
  db::Credential credential;
  credential.dialect = request.dialect;
  credential.kind = request.kind;
  credential.user = request.user;
  credential.form = stored.form;
  credential.digest = std::move(stored.digest);
  credential.role = request.role;
  credential.label = request.label;
  credential.created_at = now;
  if (request.lifetime) credential.expires_at = now + *request.lifetime;
  const uint64_t id = db::CredentialStore::Insert(session, credential);
  Persons::Audit(session, actor, request.kind + ".add", request.user, NameOf(request.kind, id),
                 Persons::Shown::kNowhere);
  return id;
}

bool IsLive(db::Session& session, UserId user) {
  const auto person = db::PersonStore::Find(session, user, /*lock=*/true);
  return person && !person->deleted_at;
}

}  // namespace

Outcome<Issued> Credentials::Issue(const Actor& actor, const Request& request, std::string secret) {
  const auto id = connection_.Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    if (request.user.value != 0 && !IsLive(session, request.user)) return Refusal::Kind::kNotFound;
    return Issue(session, actor, request, secret, db::Now());
  });
  // A new credential changes no verdict; the end of the others does, also when nobody knows whether
  // the commit counts.
  if (request.only_one || request.at_most > 0) epoch_.Advance();
  if (!id) return id.error();
  return Issued{*id, std::move(secret)};
}

uint64_t Credentials::Issue(db::Session& session, const Actor& actor, const Request& request,
                            std::string_view secret, db::Time now) {
  return Insert(session, actor, request, {kDigestForm, Sha256(secret)}, now);
}

uint64_t Credentials::ImportHash(db::Session& session, const Actor& actor, const Request& request,
                                 std::string_view hash, db::Time now) {
  return Insert(session, actor, request, {kCryptForm, std::string(hash)}, now);
}

bool Credentials::Matches(const db::Credential& credential, std::string_view secret) {
  if (credential.form == kDigestForm) return SameSecret(Sha256(secret), credential.digest);
  if (credential.form == kCryptForm) return MatchesCrypt(secret, credential.digest);
  return false;
}

Outcome<std::monostate> Credentials::Revoke(const Actor& actor, uint64_t id) {
  auto outcome = connection_.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
    const auto credential = db::CredentialStore::Find(session, id);
    if (!credential) return Refusal::Kind::kNotFound;
    if (!db::CredentialStore::Revoke(session, id, db::Now())) return Refusal::Kind::kNotFound;
    Persons::Audit(session, actor, credential->kind + ".revoke", credential->user,
                   NameOf(credential->kind, id), Persons::Shown::kNowhere);
    return std::monostate();
  });
  // Without an answer to the commit nobody knows whether it counts.
  if (outcome || outcome.error() == Refusal::Kind::kUnavailable) epoch_.Advance();
  return outcome;
}

}  // namespace rosterd::directory
