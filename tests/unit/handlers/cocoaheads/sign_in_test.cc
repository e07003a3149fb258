#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class CocoaheadsSignIn : public ::testing::Test {
 protected:
  CocoaheadsSignIn() { world_.SetPassword(vera_.id, "correct horse"); }
  Reply SignIn(const std::string& login, const std::string& password,
               const std::string& address = "192.0.2.1") {
    return world_.Send({.method = "POST",
                        .target = "/users/auth",
                        .body = R"({"email":")" + login + R"(","password":")" + password + "\"}",
                        .address = address});
  }

  World world_;
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsSignIn, GivesAFurtherTokenAndTheUserWithIt) {
  const Reply reply = SignIn("Vera@example.org", "correct horse");

  EXPECT_EQ(reply.status, 200);
  const std::string token = reply.Header("user-token");
  EXPECT_THAT(token, MatchesRegex("[A-Za-z0-9_-]{43}"));
  EXPECT_EQ(reply.body, R"({"id":)" + vera_.id +
                            R"(,"name":"Vera","lastname":"Orlova","company":"","position":"",)"
                            R"("email":"vera@example.org","phone":"","photo":"","token":")" +
                            token + "\"}");
  EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
  EXPECT_EQ(world_.Get("/users/" + vera_.id, token).status, 200);
  EXPECT_EQ(world_.AskDatabase("SELECT last_login_at IS NOT NULL FROM users"), "1");
}

TEST_F(CocoaheadsSignIn, TakesAUsername) {
  world_.Execute("UPDATE users SET username = 'vera', username_key = 'vera'");
  EXPECT_EQ(SignIn("vera", "correct horse").status, 200);
}

TEST_F(CocoaheadsSignIn, RefusesWhateverIsWrongAlike) {
  const Reply wrong = SignIn("vera@example.org", "wrong");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.Header("user-token"), "");
  EXPECT_EQ(SignIn("nobody@example.org", "wrong").body, wrong.body);
  const Member anna = world_.Join("anna@example.org");
  EXPECT_EQ(SignIn("anna@example.org", "correct horse").body, wrong.body);
  world_.Execute("UPDATE users SET status = 'disabled' WHERE id = " + vera_.id);
  EXPECT_EQ(SignIn("vera@example.org", "correct horse").body, wrong.body);
  world_.Execute("UPDATE users SET status = 'active', blocked = 1 WHERE id = " + vera_.id);
  EXPECT_EQ(SignIn("vera@example.org", "correct horse").body, wrong.body);
  ASSERT_TRUE(world_.Own().persons.Delete(TestActor(), UserId{std::stoull(vera_.id)}));
  EXPECT_EQ(SignIn("vera@example.org", "correct horse").body, wrong.body);
}

TEST_F(CocoaheadsSignIn, WantsAddressAndPassword) {
  EXPECT_EQ(world_.Post("/users/auth", "{}").status, 400);
  EXPECT_EQ(world_.Post("/users/auth", "").status, 400);
  EXPECT_EQ(SignIn("", "x").status, 400);
  EXPECT_EQ(SignIn(std::string(256, 'a'), "x").status, 400);
  EXPECT_EQ(SignIn(std::string(255, 'a'), "x").status, 401);
  EXPECT_EQ(SignIn("vera@example.org", "").status, 400);
  EXPECT_EQ(world_.Post("/users/auth", R"({"email":[],"password":"x"})").status, 400);
}

TEST_F(CocoaheadsSignIn, KnowsNoSocialNetwork) {
  const Reply reply =
      world_.Post("/users/auth",
                  R"({"token":"t","social":"facebook","secret":"s","email":"a","password":"b"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("Social sign-in is not configured"));
}

TEST_F(CocoaheadsSignIn, LocksAnAccountAfterTenFailures) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(SignIn("vera@example.org", "wrong", "192.0.2." + std::to_string(i)).status, 401);
  }
  const Reply reply = SignIn("VERA@example.org", "correct horse", "198.51.100.1");
  EXPECT_EQ(reply.status, 429);
  EXPECT_THAT(reply.Header("Retry-After"), MatchesRegex("[1-9][0-9]*"));
}

TEST_F(CocoaheadsSignIn, LocksAnAddressAfterTenFailures) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(SignIn("a" + std::to_string(i) + "@example.org", "wrong").status, 401);
  }
  EXPECT_EQ(SignIn("vera@example.org", "correct horse").status, 429);
  EXPECT_EQ(SignIn("vera@example.org", "correct horse", "198.51.100.1").status, 200);
  EXPECT_EQ(world_.Get("/users/" + vera_.id, "unknown").status, 401);
}

TEST_F(CocoaheadsSignIn, ForgetsFailuresOfAnAccountThatSignsIn) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 6; ++i) {
      SignIn("vera@example.org", "wrong", "192.0.2." + std::to_string(10 * round + i));
    }
    EXPECT_EQ(SignIn("vera@example.org", "correct horse", "198.51.100.1").status, 200);
  }
}

}  // namespace
}  // namespace rosterd::cocoaheads
