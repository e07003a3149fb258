#include "handlers/timeslot/sign_in.h"

#include <optional>

#include "db/timeslot/phone_login.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/tokens.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using directory::Outcome;
using directory::Refusal;

/// What the body names the user by.
struct Login {
  bool by_email = false;
  std::string text;
};

// By the e-mail address unless it is null, which an object or list is, too.
Login ReadLogin(const Body& body) {
  const Scalar email = body.Get("email");
  if (email.state == Scalar::State::kText) return {.by_email = true, .text = email.text};
  return {.by_email = false, .text = body.Get("phone").text};
}

std::optional<db::Person> Find(db::Session& session, const Login& login) {
  if (login.by_email) return db::PersonStore::FindByEmail(session, login.text);
  return db::timeslot::PhoneLogin::Find(session, login.text);
}

// Gives the token, unless the password changed after it was looked at.
Outcome<bool> GiveToken(db::Session& session, const Services& services,
                        const directory::Actor& actor, const db::Person& verified,
                        const std::string& token) {
  const auto person = db::PersonStore::Find(session, verified.id, /*lock=*/true);
  if (!person || !directory::MaySignIn(*person)) return Refusal(Refusal::Kind::kNotAllowed);
  if (person->password != verified.password) return false;
  db::timeslot::PhoneLogin::NoteLogin(session, *person,
                                      services.settings.directory.reserve_deleted_names, db::Now());
  StoreToken(session, actor, person->id, token, services.settings.timeslot.tokens_per_user);
  return true;
}

}  // namespace

Answer SignInUser::operator()(const Call& call) const {
  if (call.body.IsBlank("password")) return Problem::Missing("password");
  if (call.body.IsBlank("email") && call.body.IsBlank("phone")) return Problem::Missing("email");
  const Login login = ReadLogin(call.body);
  const directory::SignIn::Attempt attempt{
      .actor = call.ToActor(),
      .password = call.body.Get("password").text,
      .limits = directory::SignInLimits(services_.settings.throttle, "timeslot", login.text,
                                        call.request.remote_address)};

  // Once more when the password changed meanwhile: a hash that was just made anew is a change, too.
  for (int attempts = 2; attempts > 0; --attempts) {
    const auto person =
        services_.sign_in(attempt, [&](db::Session& session) { return Find(session, login); });
    if (!person) {
      services_.count_event("rosterd_sign_in_failures_total{dialect=\"timeslot\"}");
      return ToProblem(person.error());
    }
    const std::string token = NewToken();
    const auto given = services_.connection.Transaction([&](db::Session& session) {
      return GiveToken(session, services_, attempt.actor, *person, token);
    });
    services_.persons.RightsChanged();
    if (!given) return ToProblem(given.error());
    if (*given) return JsonAnswer(200, SignInObject(*person, token));
  }
  return ToProblem(Refusal(Refusal::Kind::kWrongPassword));
}

}  // namespace rosterd::timeslot
