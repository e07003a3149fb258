#include "directory/sign_in.h"

#include <gtest/gtest.h>

#include "db/throttle_store.h"
#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using Kind = Refusal::Kind;
using std::chrono::seconds;

class SignInTest : public ::testing::Test {
 protected:
  UserId AddAnn(std::string_view hash, std::string salt = "") {
    NewPerson ann;
    ann.person.username = "ann";
    ann.person.password = {std::string(hash), std::move(salt)};
    return world_.persons.Create(world_.actor, ann).value();
  }

  Outcome<db::Person> Try(const std::string& password, const std::string& login = "ann",
                          const std::string& address = "192.0.2.1") {
    SignIn::Attempt attempt = attempt_;
    attempt.actor = world_.actor;
    attempt.password = password;
    attempt.limits = SignInLimits(settings_, "test", login, address);
    return world_.sign_in(attempt, [&](db::Session& session) {
      return db::PersonStore::FindByLogin(session, login);
    });
  }

  World world_;
  config::Throttle settings_;
  SignIn::Attempt attempt_;
};

TEST_F(SignInTest, LetsThePersonIn) {
  const UserId id = AddAnn(world_.passwords.Hash("secret1")->hash);

  const auto person = Try("secret1");

  ASSERT_TRUE(person);
  EXPECT_EQ(person->id, id);
}

TEST_F(SignInTest, AsksForTheLimitsAndThePersonAndWritesNothing) {
  AddAnn(world_.passwords.Hash("secret1")->hash);
  ASSERT_TRUE(Try("secret1"));  // prepares them
  const uint64_t before = world_.connection.Statements();

  EXPECT_TRUE(Try("secret1"));
  EXPECT_EQ(world_.connection.Statements() - before, 2U);
}

TEST_F(SignInTest, RefusesWrongPasswordsAndStrangersAlike) {
  AddAnn(kBcryptOfSecret1);
  world_.Add("bob");

  EXPECT_TRUE(IsRefusal(Try("secret2"), Kind::kWrongPassword));
  EXPECT_TRUE(IsRefusal(Try("", "bob"), Kind::kWrongPassword));
  EXPECT_TRUE(IsRefusal(Try("secret1", "nobody"), Kind::kWrongPassword));
}

TEST_F(SignInTest, ReplacesAnImportedBcryptHash) {
  const UserId id = AddAnn(kBcryptOfSecret1);

  ASSERT_TRUE(Try("secret1"));

  const db::StoredPassword renewed = world_.Find(id).password;
  EXPECT_TRUE(renewed.hash.starts_with("$argon2id$")) << renewed.hash;
  EXPECT_EQ(world_.passwords.Verify("secret1", renewed), Passwords::Verdict::kRight);
  EXPECT_TRUE(Try("secret1"));
}

TEST_F(SignInTest, ReplacesASaltedMd5HashAndItsSalt) {
  const UserId id = AddAnn("817c4503ab6f0f06755bc17ec712eaa4", "abc");

  ASSERT_TRUE(Try("customer"));

  EXPECT_TRUE(world_.Find(id).password.hash.starts_with("$argon2id$"));
  EXPECT_EQ(world_.Find(id).password.salt, "");
}

TEST_F(SignInTest, DoesNotEndSessionsWhenItReplacesAHash) {
  const UserId id = AddAnn(kMd5OfCustomer);
  const uint64_t token = world_.Issue(id, "token");

  ASSERT_TRUE(Try("customer"));

  EXPECT_EQ(world_.LiveKinds(id).size(), 1U);
  EXPECT_EQ(world_.AuditOf(id).back(), "token.add token:" + std::to_string(token));
}

TEST_F(SignInTest, LeavesTheHashAfterAWrongPassword) {
  const UserId id = AddAnn(kMd5OfCustomer);

  EXPECT_TRUE(IsRefusal(Try("wrong"), Kind::kWrongPassword));
  EXPECT_EQ(world_.Find(id).password.hash, kMd5OfCustomer);
}

TEST_F(SignInTest, TellsOnlyThePersonThatItMayNot) {
  const UserId id = AddAnn(kMd5OfCustomer);
  ASSERT_TRUE(world_.Edit(
      id, [](db::Person& person, EditExtras&) { person.status = db::Status::kDisabled; }));

  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kNotAllowed));
  EXPECT_TRUE(IsRefusal(Try("wrong"), Kind::kWrongPassword));
}

TEST_F(SignInTest, LetsThePendingInWhereTheDialectDoes) {
  const UserId id = AddAnn(kMd5OfCustomer);
  ASSERT_TRUE(world_.Edit(
      id, [](db::Person& person, EditExtras&) { person.status = db::Status::kPending; }));
  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kNotAllowed));

  attempt_.allow_pending = true;

  EXPECT_TRUE(Try("customer"));
}

TEST_F(SignInTest, LetsNobodyInWhoIsBlocked) {
  const UserId id = AddAnn(kMd5OfCustomer);
  ASSERT_TRUE(world_.Edit(id, [](db::Person& person, EditExtras&) { person.blocked = true; }));
  attempt_.allow_pending = true;

  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kNotAllowed));
}

TEST_F(SignInTest, LetsNobodyInWhoIsDeleted) {
  const UserId id = AddAnn(kMd5OfCustomer);
  ASSERT_TRUE(world_.persons.Delete(world_.actor, id));

  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kWrongPassword));
}

TEST_F(SignInTest, IsRefusedWhenTooManyHash) {
  AddAnn(kBcryptOfSecret1);
  world_.slots.SetLimit(1);
  config::Password impatient;
  impatient.max_wait = std::chrono::milliseconds{0};
  const Passwords passwords(impatient, world_.slots);
  const SignIn sign_in(world_.connection, passwords, world_.throttle);
  ASSERT_EQ(world_.slots.Acquire(std::chrono::milliseconds{0}), 0);

  const auto outcome = sign_in({.actor = world_.actor, .password = "secret1", .limits = {}},
                               [](db::Session&) { return std::nullopt; });

  EXPECT_TRUE(IsRefusal(outcome, Kind::kBusy));
  EXPECT_GE(outcome.error().retry_after, seconds{1});
  EXPECT_LE(outcome.error().retry_after, seconds{2});
}

TEST_F(SignInTest, LocksAnAccountAfterTooManyFailures) {
  AddAnn(kMd5OfCustomer);
  settings_.sign_in_failures_per_account = 3;
  for (int guess = 0; guess < 3; ++guess) {
    EXPECT_TRUE(IsRefusal(Try("wrong", "ann"), Kind::kWrongPassword));
  }

  const auto locked = Try("customer", "ANN", "192.0.2.2");

  EXPECT_TRUE(IsRefusal(locked, Kind::kThrottled));
  EXPECT_GT(locked.error().retry_after, seconds{590});
  EXPECT_LE(locked.error().retry_after, seconds{600});
}

TEST_F(SignInTest, LocksAnAddressAfterTooManyFailures) {
  AddAnn(kMd5OfCustomer);
  settings_.sign_in_failures_per_address = 2;
  EXPECT_TRUE(IsRefusal(Try("wrong", "one"), Kind::kWrongPassword));
  EXPECT_TRUE(IsRefusal(Try("wrong", "two"), Kind::kWrongPassword));

  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kThrottled));
  EXPECT_TRUE(Try("customer", "ann", "192.0.2.2"));
}

TEST_F(SignInTest, ForgetsTheFailuresOfTheAccountAfterAGoodOne) {
  AddAnn(kMd5OfCustomer);
  settings_.sign_in_failures_per_account = 2;
  EXPECT_TRUE(IsRefusal(Try("wrong"), Kind::kWrongPassword));
  EXPECT_TRUE(Try("customer"));
  EXPECT_TRUE(IsRefusal(Try("wrong"), Kind::kWrongPassword));

  EXPECT_TRUE(Try("customer"));
}

TEST_F(SignInTest, DoesNotForgetTheFailuresOfTheAddress) {
  AddAnn(kMd5OfCustomer);
  settings_.sign_in_failures_per_address = 2;
  EXPECT_TRUE(IsRefusal(Try("wrong", "bob"), Kind::kWrongPassword));
  EXPECT_TRUE(Try("customer"));
  EXPECT_TRUE(IsRefusal(Try("wrong", "bob"), Kind::kWrongPassword));

  EXPECT_TRUE(IsRefusal(Try("customer"), Kind::kThrottled));
}

class ThrottleTest : public ::testing::Test {
 protected:
  std::optional<seconds> Locked(const Throttle& throttle) {
    using Wait = std::optional<seconds>;
    const auto wait = world_.connection.Read([&](db::Session& session) -> db::StoreResult<Wait> {
      return throttle.Locked(session, {limit_});
    });
    return wait.value();
  }

  template <typename Work>
  void Do(Work work) {
    const auto done =
        world_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
          work(session);
          return std::monostate();
        });
    ASSERT_TRUE(done);
  }

  World world_;
  Throttle throttle_{true};
  Throttle::Limit limit_{"test.sign_in.account", "ann", 2, seconds{600}};
};

TEST_F(ThrottleTest, LocksFromTheLimitOn) {
  Do([&](db::Session& session) { throttle_.Fail(session, {limit_}); });
  EXPECT_EQ(Locked(throttle_), std::nullopt);

  Do([&](db::Session& session) { throttle_.Fail(session, {limit_}); });
  EXPECT_NE(Locked(throttle_), std::nullopt);
}

TEST_F(ThrottleTest, OpensWhenTheWindowIsOver) {
  Do([&](db::Session& session) {
    const db::Time long_ago = db::Now() - seconds{601};
    for (int failure = 0; failure < 5; ++failure) {
      db::ThrottleStore::Add(session, limit_.kind, Sha256("ann"), long_ago, limit_.window);
    }
  });
  EXPECT_EQ(Locked(throttle_), std::nullopt);

  Do([&](db::Session& session) { throttle_.Fail(session, {limit_}); });
  EXPECT_EQ(Locked(throttle_), std::nullopt);
  EXPECT_EQ(world_.database.Ask("SELECT failures FROM throttle"), "1");
}

TEST_F(ThrottleTest, SaysHowLongItStaysLocked) {
  Do([&](db::Session& session) {
    const db::Time earlier = db::Now() - seconds{500};
    for (int failure = 0; failure < 2; ++failure) {
      db::ThrottleStore::Add(session, limit_.kind, Sha256("ann"), earlier, limit_.window);
    }
  });

  const auto wait = Locked(throttle_);

  ASSERT_TRUE(wait);
  EXPECT_GE(*wait, seconds{80});
  EXPECT_LE(*wait, seconds{100});
}

TEST_F(ThrottleTest, ForgetsOneSubject) {
  Do([&](db::Session& session) { throttle_.Fail(session, {limit_, limit_}); });
  ASSERT_NE(Locked(throttle_), std::nullopt);

  Do([&](db::Session& session) { throttle_.Forget(session, limit_); });

  EXPECT_EQ(Locked(throttle_), std::nullopt);
}

TEST_F(ThrottleTest, StoresNoSubjectsInTheClear) {
  Do([&](db::Session& session) { throttle_.Fail(session, {limit_}); });

  EXPECT_EQ(world_.database.Ask("SELECT LOWER(HEX(subject)) FROM throttle"),
            "49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1");
}

TEST_F(ThrottleTest, DoesNothingWhenItIsSwitchedOff) {
  const Throttle off(false);
  Do([&](db::Session& session) { off.Fail(session, {limit_, limit_}); });
  EXPECT_EQ(world_.database.Ask("SELECT COUNT(*) FROM throttle"), "0");

  Do([&](db::Session& session) { throttle_.Fail(session, {limit_, limit_}); });
  EXPECT_EQ(Locked(off), std::nullopt);
}

TEST_F(ThrottleTest, TakesNoLimitForNone) {
  limit_.most = 0;

  Do([&](db::Session& session) { throttle_.Fail(session, {limit_}); });

  EXPECT_EQ(Locked(throttle_), std::nullopt);
}

TEST(SignInLimitsTest, NameTheDialectAndFoldTheAccount) {
  const auto limits = SignInLimits({}, "test", "Ann@Example.org", "192.0.2.1");

  ASSERT_EQ(limits.size(), 2U);
  EXPECT_EQ(limits[0].kind, "test.sign_in.account");
  EXPECT_EQ(limits[0].subject, "ann@example.org");
  EXPECT_EQ(limits[0].most, 10);
  EXPECT_EQ(limits[1].kind, "test.sign_in.address");
  EXPECT_EQ(limits[1].subject, "192.0.2.1");
  EXPECT_EQ(limits[1].most, 20);
  EXPECT_EQ(SignInLimits({}, "test", "ann", "").size(), 1U);
}

}  // namespace
}  // namespace rosterd::directory
