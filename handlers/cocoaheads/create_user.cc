#include "handlers/cocoaheads/create_user.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "handlers/cocoaheads/auth.h"
#include "handlers/cocoaheads/profile_change.h"
#include "handlers/cocoaheads/staged_photo.h"
#include "handlers/cocoaheads/views.h"

namespace rosterd::cocoaheads {
namespace {

using directory::Outcome;
using directory::Persons;
using Kind = directory::Refusal::Kind;
using Limits = std::vector<directory::Throttle::Limit>;

/// Names every required field that is not there. A blank one counts as missing.
std::optional<Problem> RefuseMissing(const Fields& fields) {
  std::string missing;
  for (const std::string name : {"name", "lastname", "email"}) {
    const auto text = fields.Text(name);
    if (!text) return text.error();
    if (*text && !Trim(**text).empty()) continue;
    missing += (missing.empty() ? "" : ", ") + name;
  }
  if (missing.empty()) return std::nullopt;
  return Problem::Bad("Missing: " + missing);
}

Limits SignUpLimits(const config::Cocoaheads& settings, const std::string& address) {
  if (address.empty()) return {};
  return {{.kind = "cocoaheads.sign_up.address",
           .subject = address,
           .most = settings.sign_ups_per_address,
           .window = std::chrono::hours(1)}};
}

std::optional<Problem> RefuseMany(const Services& services, const Limits& limits) {
  using Wait = std::optional<std::chrono::seconds>;
  const auto wait = services.connection.Read([&](db::Session& session) -> db::StoreResult<Wait> {
    return services.throttle.Locked(session, limits);
  });
  if (!wait) return ToProblem(wait.error());
  if (*wait) return Problem::Later(429, **wait);
  return std::nullopt;
}

/// Counts a registration that met a taken address: else anybody could ask, as often as they like,
/// who is known here.
Problem Refuse(const Services& services, const Limits& limits, const directory::Refusal& refusal) {
  const bool tells = refusal == Kind::kEmailTaken || refusal == Kind::kUsernameTaken;
  if (!tells) return ToProblem(refusal);
  const auto counted =
      services.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
        services.throttle.Fail(session, limits);
        return std::monostate();
      });
  return ToProblem(counted ? refusal : counted.error());
}

directory::NewPerson ToPerson(const ProfileChange& change) {
  directory::NewPerson person;
  Apply(change, person.person);
  person.person.username = *change.email;
  if (change.photo.kind != PhotoWish::Kind::kKeep) person.more_fields.emplace_back("picture");
  return person;
}

}  // namespace

Answer CreateUser::operator()(const Call& call) const {
  if (auto problem = RefuseMissing(call.fields)) return *problem;
  auto change = ReadProfile(call.fields);
  if (!change) return change.error();
  auto photo = ReadPhoto(call.fields, services_.settings.cocoaheads.max_photo);
  if (!photo) return photo.error();
  change->photo = *std::move(photo);
  const Limits limits = SignUpLimits(services_.settings.cocoaheads, call.request.remote_address);
  if (auto problem = RefuseMany(services_, limits)) return *problem;

  const directory::Actor actor = call.ToActor();
  const std::string token = MakeToken();
  StagedPhoto staged(services_.settings.server, change->photo);
  directory::NewPerson person = ToPerson(*change);
  Profile profile = ToProfile(person.person);
  const auto add_rest = [&](db::Session& session, UserId id) -> Outcome<std::monostate> {
    profile.picture = staged.PictureFor(id).value_or("");
    if (!profile.picture.empty()) Persons::SetPicture(session, id, profile.picture);
    const auto request = TokenRequest(services_.settings.cocoaheads, id);
    directory::Credentials::Issue(session, actor, request, token, db::Now());
    services_.throttle.Fail(session, limits);
    return std::monostate();
  };
  const auto id = services_.persons.Create(actor, std::move(person), add_rest);
  staged.Settle(id);
  if (!id) return Refuse(services_, limits, id.error());

  profile.id = *id;
  const UserView view(services_.settings, call.request);
  fcgi::Response response = JsonResponse(200, view.User(profile));
  response.SetHeader("user-token", token);
  response.person = id->value;
  return response;
}

}  // namespace rosterd::cocoaheads
