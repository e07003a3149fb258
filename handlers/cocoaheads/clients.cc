#include "handlers/cocoaheads/clients.h"

#include <optional>
#include <utility>
#include <variant>

#include "fcgi/form.h"
#include "fcgi/json.h"
#include "handlers/cocoaheads/text_rules.h"
#include "handlers/cocoaheads/views.h"
#include "handlers/json_writer.h"

namespace rosterd::cocoaheads {
namespace {

using db::cocoaheads::Client;
using db::cocoaheads::ClientStore;
using directory::Outcome;
using directory::Persons;
using Kind = directory::Refusal::Kind;

// Two persons with one device at the same moment: one of them loses the race, and tries again.
constexpr int kMostAttempts = 5;

std::optional<std::string> FromQuery(const fcgi::Request& request) {
  const auto query = fcgi::ParseForm(request.query);
  const fcgi::Value* const value = query ? query->Find("push_token") : nullptr;
  const std::string* const text = value == nullptr ? nullptr : value->AsText();
  if (text == nullptr || !fcgi::IsUtf8(*text)) return std::nullopt;
  return *text;
}

Outcome<Client> Put(db::Session& session, const directory::Actor& actor,
                    const std::string& push_token) {
  const auto person = db::PersonStore::Find(session, actor.user, /*lock=*/true);
  if (!person || person->deleted_at) return Kind::kNotFound;
  const auto holder = ClientStore::WithToken(session, push_token);
  if (holder && holder->user == actor.user) return *holder;
  if (holder && ClientStore::Remove(session, holder->id)) {
    Persons::Audit(session, actor, "push.remove", holder->user, "push_token",
                   Persons::Shown::kNowhere);
  }
  ClientStore::Put(session, actor.user, push_token, db::Now());
  const auto own = ClientStore::OfUser(session, actor.user);
  if (!own || own->push_token != push_token) return Kind::kBusy;
  Persons::Audit(session, actor, "push.add", actor.user, "push_token", Persons::Shown::kNowhere);
  return *own;
}

}  // namespace

Result<std::string, Problem> ReadPushToken(const Call& call) {
  auto text = call.fields.Text("push_token");
  if (!text) return text.error();
  if (!*text) text = FromQuery(call.request);
  const std::string token(Trim((*text).value_or("")));
  if (token.empty()) return Problem::Bad("Missing: push_token");
  if (token.find('\0') != std::string::npos) return Problem::Bad("push_token holds a NUL");
  if (Characters(token) > kMostCharacters) {
    return Problem::Bad("push_token is longer than 255 characters");
  }
  return token;
}

Result<Client, Problem> Register(const Services& services, const Call& call,
                                 const std::string& push_token) {
  const directory::Actor actor = call.ToActor();
  for (int attempt = 1;; ++attempt) {
    auto client = services.connection.Transaction(
        [&](db::Session& session) { return Put(session, actor, push_token); });
    if (client) return *std::move(client);
    if (client.error() == Kind::kNotFound) return Problem::Plain(401);
    if (client.error() != Kind::kBusy || attempt == kMostAttempts) return ToProblem(client.error());
  }
}

Answer RegisterClient::operator()(const Call& call) const {
  const auto push_token = ReadPushToken(call);
  if (!push_token) return push_token.error();
  const auto client = Register(services_, call, *push_token);
  if (!client) return client.error();
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", client->id);
  NumberField(json, "user_id", client->user.value);
  Field(json, "push_token", client->push_token);
  json.EndObject();
  return JsonResponse(200, json.Take());
}

Answer RemoveClient::operator()(const Call& call) const {
  const directory::Actor actor = call.ToActor();
  const auto removed =
      services_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
        const auto client = ClientStore::OfUser(session, actor.user);
        if (!client || !ClientStore::Remove(session, client->id)) return Kind::kNotFound;
        Persons::Audit(session, actor, "push.remove", actor.user, "push_token",
                       Persons::Shown::kNowhere);
        return std::monostate();
      });
  if (!removed) return ToProblem(removed.error());
  JsonWriter json;
  json.StartObject();
  Field(json, "message", "Registration removed");
  json.EndObject();
  return JsonResponse(200, json.Take());
}

}  // namespace rosterd::cocoaheads
