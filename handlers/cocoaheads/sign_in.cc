#include "handlers/cocoaheads/sign_in.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "handlers/cocoaheads/auth.h"
#include "handlers/cocoaheads/text_rules.h"
#include "handlers/cocoaheads/views.h"

namespace rosterd::cocoaheads {
namespace {

using directory::Outcome;
using Kind = directory::Refusal::Kind;

/// The shared limits; this dialect allows an address no more failures than an account.
std::vector<directory::Throttle::Limit> LimitsOf(const config::Throttle& settings,
                                                 const std::string& login,
                                                 const std::string& address) {
  config::Throttle own = settings;
  own.sign_in_failures_per_address =
      std::min(settings.sign_in_failures_per_address, settings.sign_in_failures_per_account);
  return directory::SignInLimits(own, "cocoaheads", login, address);
}

}  // namespace

Answer SignInUser::operator()(const Call& call) const {
  const auto social = call.fields.Text("social");
  if (!social || *social) return Problem::Bad("Social sign-in is not configured");
  const auto email = call.fields.Text("email");
  if (!email) return email.error();
  const auto password = call.fields.Text("password");
  if (!password) return password.error();
  const std::string login(Trim((*email).value_or("")));
  if (login.empty()) return Problem::Bad("Missing: email");
  if (Characters(login) > kMostCharacters) {
    return Problem::Bad("email is longer than 255 characters");
  }
  if ((*password).value_or("").empty()) return Problem::Bad("Missing: password");

  const auto person = Verify(call, login, **password);
  if (!person) return person.error();
  const std::string token = MakeToken();
  if (const auto issued = Issue(call, *person, token); !issued) return issued.error();

  const UserView view(services_.settings, call.request);
  fcgi::Response response = JsonResponse(200, view.User(ToProfile(*person), token));
  response.SetHeader("user-token", token);
  response.person = person->id.value;
  return response;
}

Result<db::Person, Problem> SignInUser::Verify(const Call& call, const std::string& login,
                                               const std::string& password) const {
  const directory::SignIn::Attempt attempt{
      .actor = call.ToActor(),
      .password = password,
      .limits = LimitsOf(services_.settings.throttle, login, call.request.remote_address)};
  auto person = services_.sign_in(
      attempt, [&](db::Session& session) { return db::PersonStore::FindByLogin(session, login); });
  if (person) return *std::move(person);
  const directory::Refusal& refusal = person.error();
  if (refusal == Kind::kWrongPassword || refusal == Kind::kNotAllowed) {
    services_.count_event("rosterd_sign_in_failures_total{dialect=\"cocoaheads\"}");
  }
  return ToProblem(refusal);
}

// Between the look at the password and this the person may have been disabled, deleted, or given
// another password, which has ended all tokens: none may be made after that.
Result<std::monostate, Problem> SignInUser::Issue(const Call& call, const db::Person& person,
                                                  const std::string& token) const {
  directory::Actor actor = call.ToActor();
  actor.user = person.id;
  const auto issued =
      services_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
        const auto now = db::PersonStore::Find(session, person.id, /*lock=*/true);
        if (!now || !directory::MaySignIn(*now)) return Kind::kWrongPassword;
        // A renewed hash of the same password leaves updated_at alone.
        const bool changed =
            now->password != person.password && now->updated_at != person.updated_at;
        if (changed) return Kind::kWrongPassword;
        const auto request = TokenRequest(services_.settings.cocoaheads, person.id);
        const db::Time time = db::Now();
        directory::Credentials::Issue(session, actor, request, token, time);
        db::PersonStore::TouchLogin(session, person.id, time);
        return std::monostate();
      });
  if (!issued) return ToProblem(issued.error());
  return std::monostate();
}

}  // namespace rosterd::cocoaheads
