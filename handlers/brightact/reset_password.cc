#include "handlers/brightact/reset_password.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "db/person.h"
#include "directory/secrets.h"
#include "fcgi/ascii.h"
#include "handlers/json_writer.h"

namespace rosterd::brightact {
namespace {

using directory::Outcome;
using directory::Refusal;
using Limit = directory::Throttle::Limit;
using Done = std::monostate;

constexpr std::chrono::seconds kWindow{600};
constexpr size_t kPasswordBytes = 10;  // 80 bits, 20 hex digits

/// Browsers and proxies that fetch what nobody asked for say so in one of these.
bool IsPrefetch(const fcgi::Request& request) {
  constexpr std::array<std::string_view, 3> kHeaders = {"Sec-Purpose", "Purpose", "X-Moz"};
  return std::ranges::any_of(kHeaders, [&](std::string_view name) {
    const auto value = request.Header(name);
    return value && fcgi::AsciiLower(*value).find("prefetch") != std::string::npos;
  });
}

Refusal Throttled(std::chrono::seconds wait) {
  Refusal refusal = Refusal::Kind::kThrottled;
  refusal.retry_after = wait;
  return refusal;
}

/// Counts a reset in its own unit of work, so that a refused one does not count. The count locks
/// the key's row: of two at once, the second one sees the first.
Outcome<Done> Count(db::Session& session, const directory::Throttle& throttle, Limit limit) {
  throttle.Fail(session, {limit});
  ++limit.most;
  if (const auto wait = throttle.Locked(session, {limit})) return Throttled(*wait);
  return Done();
}

std::string ToJson(UserId id, std::string_view password) {
  JsonWriter json;
  json.StartObject();
  Field(json, "id", std::to_string(id.value));
  Field(json, "password", password);
  json.EndObject();
  return json.Take();
}

}  // namespace

Outcome<Done> ResetPassword::Look(const Call& call, const Limit& limit) const {
  return services_.connection.Read([&](db::Session& session) -> Outcome<Done> {
    const auto person = db::PersonStore::Find(session, call.User());
    if (!person || person->deleted_at) return Refusal::Kind::kNotFound;
    if (const auto wait = services_.throttle.Locked(session, {limit})) return Throttled(*wait);
    return Done();
  });
}

Answer ResetPassword::operator()(const Call& call) const {
  if (IsPrefetch(call.request)) return Problem::Of(403, "A password is not reset by a prefetch.");
  const Limit limit{"brightact.reset.key", "key:" + std::to_string(call.caller.key),
                    services_.settings.brightact.resets_per_key, kWindow};
  if (const auto allowed = Look(call, limit); !allowed) return ToProblem(allowed.error());

  const std::string password = directory::Hex(directory::RandomBytes(kPasswordBytes));
  const auto stored = services_.passwords.Hash(password);
  if (!stored) return Problem::Later(503, std::chrono::seconds(1));
  const auto reset = services_.persons.Update(
      call.ToActor(), call.User(),
      [&](db::Session& session, db::Person& person, directory::EditExtras&) {
        person.password = *stored;
        return Count(session, services_.throttle, limit);
      });
  if (!reset) return ToProblem(reset.error());
  fcgi::Response response = JsonResponse(200, ToJson(call.User(), password));
  response.SetHeader("Pragma", "no-cache");
  return response;
}

}  // namespace rosterd::brightact
