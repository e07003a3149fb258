#include "handlers/cscart/auth_tokens.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "db/credentials.h"
#include "db/cscart/account_columns.h"
#include "directory/secrets.h"
#include "handlers/cscart/credential_kinds.h"
#include "handlers/cscart/field_reader.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

constexpr size_t kNonceSize = 32;

struct Token {
  std::string text;
  std::chrono::seconds ttl{0};
};

/// Nothing for a person who is gone or may not sign in.
using MaybeToken = std::optional<Token>;
using TokenOutcome = Result<MaybeToken, directory::Refusal>;

// The token can be made again from its row, so that only its digest is stored.
std::string TokenText(std::string_view server_key, uint64_t row, std::string_view nonce) {
  std::string source = "cscart.token:" + std::to_string(row) + ':';
  source.append(nonce);
  return directory::Base64Url(directory::HmacSha256(server_key, source));
}

std::chrono::seconds TimeLeft(const db::Credential& credential, db::Time now) {
  return std::chrono::floor<std::chrono::seconds>(credential.expires_at.value_or(now) - now);
}

// The live token of a person, unless the server's key changed since it was made, or it is about to
// expire.
MaybeToken PresentToken(db::Session& session, const Services& services, UserId user, db::Time now) {
  for (const auto& row : db::CredentialStore::OfUser(session, user, "cscart", kTokenKind, now)) {
    const std::string text = TokenText(services.server_key, row.id, row.nonce);
    const auto left = TimeLeft(row, now);
    if (left.count() > 0 && directory::SameSecret(directory::Sha256(text), row.digest))
      return Token{text, left};
  }
  return std::nullopt;
}

Token NewToken(db::Session& session, const Services& services, const directory::Actor& actor,
               UserId user, db::Time now) {
  const auto ttl = services.settings.cscart.auth_token_ttl;
  db::Credential row;
  row.dialect = "cscart";
  row.kind = kTokenKind;
  row.user = user;
  row.form = "sha256";
  row.nonce = directory::RandomBytes(kNonceSize);
  // Its id is not known yet; nobody knows what this digest is of.
  row.digest = directory::Sha256(directory::RandomBytes(kNonceSize));
  row.created_at = now;
  row.expires_at = now + ttl;
  row.id = db::CredentialStore::Insert(session, row);

  std::string text = TokenText(services.server_key, row.id, row.nonce);
  db::CredentialStore::ReplaceDigest(session, row.id, "sha256", directory::Sha256(text));
  directory::Persons::Audit(session, actor, "token.add", user, "",
                            directory::Persons::Shown::kNowhere);
  return {std::move(text), ttl};
}

// One at a time for a person, so that two sign-ins at once get the same token.
TokenOutcome GiveToken(db::Session& session, const Services& services,
                       const directory::Actor& actor, UserId user) {
  const auto person = db::PersonStore::Find(session, user, /*lock=*/true);
  if (!person || !directory::MaySignIn(*person)) return MaybeToken();
  const db::Time now = db::Now();
  if (auto present = PresentToken(session, services, user, now)) return present;
  return MaybeToken(NewToken(session, services, actor, user, now));
}

TokenOutcome UseLoginKey(db::Session& session, const Services& services,
                         const directory::Actor& actor, std::string_view key) {
  const db::Time now = db::Now();
  const auto found = db::CredentialStore::FindByDigest(session, "cscart", kLoginKeyKind,
                                                       directory::Sha256(key), now);
  if (!found || !db::CredentialStore::Revoke(session, found->id, now)) return MaybeToken();
  directory::Persons::Audit(session, actor, "login_key.use", found->user, "",
                            directory::Persons::Shown::kNowhere);
  return GiveToken(session, services, actor, found->user);
}

Answer ToAnswer(const TokenOutcome& outcome) {
  if (!outcome) return ToProblem(outcome.error());
  if (!*outcome) return Problem::Plain(404);
  JsonWriter json;
  json.StartObject();
  Field(json, "token", (*outcome)->text);
  NumberField(json, "ttl", static_cast<uint64_t>((*outcome)->ttl.count()));
  json.EndObject();
  return JsonResponse(201, json.Take());
}

std::string AsciiLower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

Answer CreateAuthToken::operator()(const Call& call) const {
  FieldReader reader(call.fields);
  const std::string email = reader.Text("email", 128).value_or("");
  const std::string password = reader.Text("password", 4096).value_or("");
  const std::string key = reader.Text("ekey", 255).value_or("");
  if (reader.FirstProblem()) return *reader.FirstProblem();
  if (!key.empty()) return ByLoginKey(call, key);

  Problem missing;
  if (email.empty()) missing.messages.emplace_back("email is required");
  if (password.empty()) missing.messages.emplace_back("password is required");
  if (!missing.messages.empty()) return missing;
  return ByPassword(call, email, password);
}

Answer CreateAuthToken::ByPassword(const Call& call, const std::string& email,
                                   const std::string& password) const {
  const directory::SignIn::Attempt attempt{
      .actor = call.ToActor(),
      .password = password,
      .limits = directory::SignInLimits(services_.settings.throttle, "cscart", AsciiLower(email),
                                        call.request.remote_address)};
  const auto person = services_.sign_in(attempt, [&](db::Session& session) {
    return db::cscart::AccountColumnStore::FindByEmail(session, email);
  });
  if (!person) return ToProblem(person.error());
  return ToAnswer(services_.connection.Transaction([&](db::Session& session) {
    auto token = GiveToken(session, services_, attempt.actor, person->id);
    if (token && *token) db::PersonStore::TouchLogin(session, person->id, db::Now());
    return token;
  }));
}

Answer CreateAuthToken::ByLoginKey(const Call& call, const std::string& key) const {
  const directory::Actor actor = call.ToActor();
  return ToAnswer(services_.connection.Transaction(
      [&](db::Session& session) { return UseLoginKey(session, services_, actor, key); }));
}

}  // namespace rosterd::cscart
