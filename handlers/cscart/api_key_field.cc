#include "handlers/cscart/api_key_field.h"

#include <algorithm>

#include "db/credentials.h"
#include "directory/credentials.h"
#include "directory/persons.h"

namespace rosterd::cscart {
namespace {

constexpr size_t kKeyLength = 32;

bool IsKey(std::string_view text) {
  return text.size() == kKeyLength && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

bool Revoke(db::Session& session, const directory::Actor& actor, UserId user, db::Time now) {
  bool ended = false;
  for (const auto& credential : db::CredentialStore::OfUser(session, user, "cscart", "key", now)) {
    ended = db::CredentialStore::Revoke(session, credential.id, now) || ended;
  }
  if (ended)
    directory::Persons::Audit(session, actor, "key.revoke", user, "",
                              directory::Persons::Shown::kNowhere);
  return ended;
}

}  // namespace

std::optional<ApiKeyChange> ReadApiKey(FieldReader& reader, const Caller& caller) {
  if (!caller.IsRoot()) return std::nullopt;
  const auto raw = reader.Text("raw_api_key", 255);
  const auto stored = reader.Text("api_key", 255);
  const bool raw_sent = raw && !raw->empty();
  if (!raw_sent && !stored) return std::nullopt;

  ApiKeyChange change{raw_sent ? *raw : *stored};
  if (!change.key.empty() && !IsKey(change.key)) {
    reader.Refuse(Problem::Error("an API key has 32 letters and digits"));
  }
  return change;
}

bool Apply(const ApiKeyChange& change, db::Session& session, const directory::Actor& actor,
           UserId user, db::Time now) {
  if (change.key.empty()) return Revoke(session, actor, user, now);
  const directory::Credentials::Request request{.dialect = "cscart",
                                                .kind = "key",
                                                .user = user,
                                                .role = "",
                                                .label = "",
                                                .lifetime = std::nullopt,
                                                .only_one = true};
  directory::Credentials::Issue(session, actor, request, change.key, now);
  return true;
}

}  // namespace rosterd::cscart
