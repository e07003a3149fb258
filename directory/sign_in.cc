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

Outcome<db::Person> SignIn::operator()(const Attempt& attempt, const Finder& find) const {
  const auto found = Find(attempt, find);
  if (!found) return found.error();
  const std::optional<db::Person>& person = *found;

  const bool has_password = person && !person->password.hash.empty();
  const auto verdict = has_password ? passwords_.Verify(attempt.password, person->password)
                                    : passwords_.DummyVerify(attempt.password);
  if (verdict == Passwords::Verdict::kNoSlot) return NoSlot();
  if (!has_password || verdict == Passwords::Verdict::kWrong) return Fail(attempt);
  if (!Allows(attempt, *person)) return Refusal::Kind::kNotAllowed;

  std::optional<db::StoredPassword> renewed;
  if (verdict == Passwords::Verdict::kRightButWeak) renewed = passwords_.Hash(attempt.password);
  return Succeed(attempt, *person, renewed);
}

Outcome<std::optional<db::Person>> SignIn::Find(const Attempt& attempt, const Finder& find) const {
  return connection_.Read([&](db::Session& session) -> Outcome<std::optional<db::Person>> {
    if (const auto wait = throttle_.Locked(session, attempt.limits)) {
      Refusal refusal = Refusal::Kind::kThrottled;
      refusal.retry_after = *wait;
      return refusal;
    }
    return find(session);
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

Outcome<db::Person> SignIn::Succeed(const Attempt& attempt, const db::Person& person,
                                    const std::optional<db::StoredPassword>& renewed) const {
  return connection_.Transaction([&](db::Session& session) -> Outcome<db::Person> {
    if (!attempt.limits.empty()) throttle_.Forget(session, attempt.limits.front());
    if (attempt.touch_login) db::PersonStore::TouchLogin(session, person.id, db::Now());
    if (renewed) db::PersonStore::Rehash(session, person.id, person.password, *renewed);
    return person;
  });
}

}  // namespace rosterd::directory
