#include "handlers/timeslot/sign_up.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "db/timeslot/phone_login.h"
#include "db/timeslot/profile_store.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/tokens.h"
#include "handlers/timeslot/use_limit.h"
#include "handlers/timeslot/validation.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using directory::Outcome;
using directory::Refusal;

constexpr int kShortestPassword = 5;

/// What the body wants; `email` may be an invalid one, `phone` is empty for none.
struct Wish {
  std::string username;
  std::optional<std::string> email;
  std::string phone;
  std::string password;
};

Result<Wish, Problem> ReadWish(const Body& body) {
  const Scalar email = body.Get("email");
  const Scalar phone = body.Get("phone");
  const bool has_address =
      (!body.IsBlank("email") && email.IsSent()) || (!body.IsBlank("phone") && phone.IsSent());
  if (!has_address) return Problem::Missing("email");
  for (const std::string_view name : {"password", "username"}) {
    if (body.IsBlank(name) || !body.Get(name).IsSent()) return Problem::Missing(name);
  }
  Wish wish{.username = body.Get("username").text,
            .email = std::nullopt,
            .phone = phone.text,
            .password = body.Get("password").text};
  if (email.state == Scalar::State::kText) wish.email = email.text;
  return wish;
}

std::optional<Problem> CountSignUp(const Services& services, const std::string& address) {
  const auto limit = HourlyLimit("timeslot.sign_up.address", address,
                                 services.settings.timeslot.sign_ups_per_address);
  const auto counted = services.connection.Transaction(
      [&](db::Session& session) { return CountUse(session, services.throttle, {limit}); });
  if (!counted) return ToProblem(counted.error());
  return std::nullopt;
}

/// Which of the new user's addresses somebody else has.
struct Taken {
  bool email = false;
  bool phone = false;
};

db::StoreResult<Taken> LookUp(const Services& services, const Wish& wish) {
  const bool reserve = services.settings.directory.reserve_deleted_names;
  return services.connection.Read([&](db::Session& session) -> db::StoreResult<Taken> {
    using db::timeslot::PhoneLogin;
    using db::timeslot::ProfileStore;
    return Taken{
        .email = wish.email && ProfileStore::IsEmailTaken(session, *wish.email, UserId()),
        .phone = !wish.phone.empty() && PhoneLogin::IsTaken(session, wish.phone, UserId(), reserve),
    };
  });
}

std::optional<Problem> Refuse(const Wish& wish, const Taken& taken, int shortest_password) {
  Violations violations;
  CheckUsername(wish.username, violations);
  if (wish.email) CheckEmail(*wish.email, taken.email, violations);
  CheckPassword(wish.password, shortest_password, violations);
  if (!wish.phone.empty()) CheckPhone(wish.phone, taken.phone, violations);
  if (!violations.Empty()) return violations.ToProblem();

  if (!IsStorable(wish.username)) return Problem::Invalid("username");
  if (wish.email && !IsStorableLine(*wish.email)) return Problem::Invalid("email");
  if (!IsStorable(wish.phone)) return Problem::Invalid("phone");
  if (wish.password.find('\0') != std::string::npos) return Problem::Invalid("password");
  return std::nullopt;
}

Problem PhoneTaken() {
  Violations violations;
  violations.Add("phone", kTaken);
  return violations.ToProblem();
}

}  // namespace

Answer SignUp::operator()(const Call& call) const {
  const auto wish = ReadWish(call.body);
  if (!wish) return wish.error();
  const config::Settings& settings = services_.settings;
  if (auto problem = CountSignUp(services_, call.request.remote_address)) return *problem;
  const auto taken = LookUp(services_, *wish);
  if (!taken) return ToProblem(Refusal(taken.error()));
  const int shortest = std::max(kShortestPassword, settings.directory.min_password_length);
  if (auto problem = Refuse(*wish, *taken, shortest)) return *problem;

  auto password = services_.passwords.Hash(wish->password);
  if (!password) return Problem::Unavailable(std::chrono::seconds(1));
  directory::NewPerson person;
  person.person.display_name = wish->username;
  person.person.email = wish->email;
  person.person.phone = wish->phone;
  person.person.password = *std::move(password);

  const directory::Actor actor = call.ToActor();
  const std::string token = NewToken();
  const auto sign_in = [&](db::Session& session, UserId id) -> Outcome<std::monostate> {
    if (!db::timeslot::PhoneLogin::Take(session, id, wish->phone,
                                        settings.directory.reserve_deleted_names)) {
      return Refusal(Refusal::Kind::kByDialect);
    }
    StoreToken(session, actor, id, token, settings.timeslot.tokens_per_user);
    return std::monostate();
  };
  const auto id = services_.persons.Create(actor, person, sign_in);
  if (!id && id.error() == Refusal::Kind::kByDialect) return PhoneTaken();
  if (!id) return ToProblem(id.error());
  person.person.id = *id;
  return JsonAnswer(201, SignInObject(person.person, token));
}

}  // namespace rosterd::timeslot
