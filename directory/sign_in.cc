#include "directory/sign_in.h"

#include <utility>

#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

/// One or two seconds, so that refused clients do not come back all at once.
Refusal NoSlot() {
  Refusal refusal = Refusal::Kind::kBusy;
  const auto chance = static_cast<unsigned char>(RandomBytes(1).front());
  refusal.retry_after = std::chrono::seconds{1 + (chance % 2)};
  return refusal;
}

bool Allows(const SignIn::Attempt& attempt, db::Person person) {
  if (attempt.allow_pending && person.status == db::Status::kPending) {
    person.status = db::Status::kActive;
  }
  return MaySignIn(person);
}

}  // namespace

struct SignIn::Found {
  std::optional<db::Person> person;
  bool has_failures = false;  // that success forgets
};

Outcome<db::Person> SignIn::operator()(const Attempt& attempt, const Finder& find) const {
  const auto found = Find(attempt, find);
  if (!found) return found.error();
  const std::optional<db::Person>& person = found->person;

  const bool has_password = person && !person->password.hash.empty();
  const auto verdict = has_password ? passwords_.Verify(attempt.password, person->password)
                                    : passwords_.DummyVerify(attempt.password);
  if (verdict == Passwords::Verdict::kNoSlot) return NoSlot();
  if (!has_password || verdict == Passwords::Verdict::kWrong) return Fail(attempt);
  if (!Allows(attempt, *person)) return Refusal::Kind::kNotAllowed;

  std::optional<db::StoredPassword> renewed;
  if (verdict == Passwords::Verdict::kRightButWeak) renewed = passwords_.Hash(attempt.password);
  return Succeed(attempt, *found, renewed);
}

Outcome<SignIn::Found> SignIn::Find(const Attempt& attempt, const Finder& find) const {
  return connection_.Read([&](db::Session& session) -> Outcome<Found> {
    const auto standing = throttle_.Look(session, attempt.limits);
    if (standing.locked) {
      Refusal refusal = Refusal::Kind::kThrottled;
      refusal.retry_after = *standing.locked;
      return refusal;
    }
    return Found{find(session), standing.first_has_failures};
  });
}

Refusal SignIn::Fail(const Attempt& attempt) const {
  const auto counted =
      connection_.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
        throttle_.Fail(session, attempt.limits);
        return std::monostate();
      });
  // A guess that cannot be counted is not answered, or guessing would be free.
  return counted ? Refusal(Refusal::Kind::kWrongPassword) : counted.error();
}

Outcome<db::Person> SignIn::Succeed(const Attempt& attempt, const Found& found,
                                    const std::optional<db::StoredPassword>& renewed) const {
  const db::Person& person = *found.person;
  if (!found.has_failures && !renewed) return person;
  return connection_.Transaction([&](db::Session& session) -> Outcome<db::Person> {
    if (found.has_failures) throttle_.Forget(session, attempt.limits.front());
    if (renewed) db::PersonStore::Rehash(session, person.id, person.password, *renewed);
    return person;
  });
}

}  // namespace rosterd::directory
