#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::HasSubstr;

/// Also makes the worker forget what it remembers of them.
void ChangeCredentials(World& world, const std::string& what) {
  World::Execute("UPDATE credentials SET " + what);
  world.Own().epoch.Advance();
}

class CocoaheadsAuth : public ::testing::Test {
 protected:
  int Status(const std::vector<std::pair<std::string, std::string>>& headers) {
    return world_.Send({.target = "/users/" + vera_.id, .headers = headers}).status;
  }
  int Status(const std::string& token) { return world_.Get("/users/" + vera_.id, token).status; }
  void Edit(const std::function<void(db::Person&)>& change) {
    const auto edit = [&](db::Session&, db::Person& person,
                          directory::EditExtras&) -> directory::Outcome<std::monostate> {
      change(person);
      return std::monostate();
    };
    ASSERT_TRUE(world_.Own().persons.Update(TestActor(), Id(), edit));
  }
  UserId Id() const { return UserId{std::stoull(vera_.id)}; }

  World world_;
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsAuth, TakesTheTokenInEitherHeader) {
  EXPECT_EQ(Status({{"user-token", vera_.token}}), 200);
  EXPECT_EQ(Status({{"Authorization", "Bearer " + vera_.token}}), 200);
  EXPECT_EQ(Status({{"Authorization", "bEARER   " + vera_.token + " "}}), 200);
  EXPECT_EQ(Status({{"user-token", " " + vera_.token + "\t"}}), 200);
}

TEST_F(CocoaheadsAuth, PrefersTheUserToken) {
  EXPECT_EQ(Status({{"user-token", vera_.token}, {"Authorization", "Bearer wrong"}}), 200);
  EXPECT_EQ(Status({{"user-token", "wrong"}, {"Authorization", "Bearer " + vera_.token}}), 401);
}

TEST_F(CocoaheadsAuth, RefusesEverythingElseAlike) {
  const Reply none = world_.Get("/users/" + vera_.id, "");
  EXPECT_EQ(none.status, 401);
  EXPECT_THAT(none.body, HasSubstr(R"({"error":true,"reason":")"));
  EXPECT_EQ(none.Header("WWW-Authenticate"), "");

  EXPECT_EQ(world_.Get("/users/" + vera_.id, "wrong").body, none.body);
  EXPECT_EQ(Status({{"Authorization", "Basic " + vera_.token}}), 401);
  EXPECT_EQ(Status({{"Authorization", vera_.token}}), 401);
  EXPECT_EQ(Status({{"Authorization", "Bearer"}}), 401);
  EXPECT_EQ(Status({{"user-token", std::string("\xFF\0'\"", 4)}}), 401);
  EXPECT_EQ(world_.Get("/users/" + vera_.id + "?user-token=" + vera_.token, "").status, 401);
}

TEST_F(CocoaheadsAuth, RemembersTheTokenAloneAndNotThePerson) {
  ASSERT_EQ(Status(vera_.token), 200);
  world_.Execute("UPDATE users SET last_name = 'Petrova' WHERE id = " + vera_.id);
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).Member("lastname"), "Petrova");
  world_.Execute("UPDATE users SET blocked = 1 WHERE id = " + vera_.id);
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, TakesNoCredentialOfAnotherDialectOrKind) {
  world_.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES"
      " ('timeslot', 'token', " +
      vera_.id + ", UNHEX(SHA2('other', 256)), NOW()), ('cocoaheads', 'key', " + vera_.id +
      ", UNHEX(SHA2('key', 256)), NOW())");

  EXPECT_EQ(Status("other"), 401);
  EXPECT_EQ(Status("key"), 401);
}

TEST_F(CocoaheadsAuth, TakesImportedTokensOfAnyBytes) {
  for (const std::string token : {"q1w2+E/==", "a b c", "\xD0\xB6\xFF"}) {
    const auto issued = world_.Own().credentials.Issue(TestActor(),
                                                       {.dialect = "cocoaheads",
                                                        .kind = "token",
                                                        .user = Id(),
                                                        .role = "",
                                                        .label = "",
                                                        .lifetime = {}},
                                                       token);
    ASSERT_TRUE(issued);
    EXPECT_EQ(Status(token), 200) << token;
  }
}

TEST_F(CocoaheadsAuth, EndsTokensWithADisabledPerson) {
  Edit([](db::Person& person) { person.status = db::Status::kDisabled; });
  EXPECT_EQ(Status(vera_.token), 401);
  Edit([](db::Person& person) { person.status = db::Status::kActive; });
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, EndsTokensWithABlockedPerson) {
  Edit([](db::Person& person) { person.blocked = true; });
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, EndsTokensWithADeletedPersonForGood) {
  ASSERT_TRUE(world_.Own().persons.Delete(TestActor(), Id()));
  EXPECT_EQ(Status(vera_.token), 401);
  ASSERT_TRUE(world_.Own().persons.Restore(TestActor(), Id()));
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, EndsTokensWithANewPassword) {
  world_.SetPassword(vera_.id, "correct horse");
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, EndsRevokedTokens) {
  const std::string id = world_.AskDatabase("SELECT id FROM credentials");
  ASSERT_TRUE(world_.Own().credentials.Revoke(TestActor(), std::stoull(id)));
  EXPECT_EQ(Status(vera_.token), 401);
}

TEST_F(CocoaheadsAuth, WritesTheLastUseAtMostOnceAnHour) {
  EXPECT_EQ(world_.AskDatabase("SELECT last_used_at IS NULL FROM credentials"), "1");
  EXPECT_EQ(Status(vera_.token), 200);
  EXPECT_EQ(world_.AskDatabase("SELECT last_used_at > UTC_TIMESTAMP() - INTERVAL 5 MINUTE"
                               " FROM credentials"),
            "1");
  const std::string recent = "UTC_TIMESTAMP(6) - INTERVAL 50 MINUTE";
  ChangeCredentials(world_, "last_used_at = " + recent);
  const std::string before = world_.AskDatabase("SELECT last_used_at FROM credentials");
  EXPECT_EQ(Status(vera_.token), 200);
  EXPECT_EQ(world_.AskDatabase("SELECT last_used_at FROM credentials"), before);

  ChangeCredentials(world_, "last_used_at = UTC_TIMESTAMP(6) - INTERVAL 61 MINUTE");
  EXPECT_EQ(Status(vera_.token), 200);
  EXPECT_EQ(world_.AskDatabase("SELECT last_used_at > UTC_TIMESTAMP() - INTERVAL 5 MINUTE"
                               " FROM credentials"),
            "1");
}

TEST_F(CocoaheadsAuth, KeepsIdleTokensForEverByDefault) {
  world_.Execute("UPDATE credentials SET created_at = '2001-01-01', last_used_at = '2001-01-02'");
  EXPECT_EQ(Status(vera_.token), 200);
}

TEST(CocoaheadsIdleTokens, EndAfterTheDaysOfTheSettings) {
  World world([](config::Settings& settings) { settings.cocoaheads.token_idle_days = 30; });
  const Member vera = world.Join();
  world.Execute("UPDATE credentials SET created_at = UTC_TIMESTAMP() - INTERVAL 29 DAY");
  EXPECT_EQ(world.Get("/users/" + vera.id, vera.token).status, 200);
  ChangeCredentials(world, "last_used_at = UTC_TIMESTAMP() - INTERVAL 31 DAY");
  EXPECT_EQ(world.Get("/users/" + vera.id, vera.token).status, 401);
  ChangeCredentials(world, "last_used_at = NULL, created_at = '2001-01-01'");
  EXPECT_EQ(world.Get("/users/" + vera.id, vera.token).status, 401);
}

class CocoaheadsApplicationToken : public ::testing::Test {
 protected:
  int Create(const std::vector<std::pair<std::string, std::string>>& headers) {
    return world_.Send({.method = "POST", .target = "/users", .body = "{}", .headers = headers})
        .status;
  }
  World world_{[](config::Settings& settings) { settings.cocoaheads.app_token = {"one", "two"}; }};
};

TEST_F(CocoaheadsApplicationToken, IsTakenInThreeHeaders) {
  EXPECT_EQ(Create({{"secret-token", "one"}}), 400);
  EXPECT_EQ(Create({{"client-token", "two"}}), 400);
  EXPECT_EQ(Create({{"app-token", " one "}}), 400);
  EXPECT_EQ(Create({{"secret-token", "wrong"}, {"app-token", "one"}}), 400);
}

TEST_F(CocoaheadsApplicationToken, IsAskedForOnceItIsSet) {
  EXPECT_EQ(Create({}), 401);
  EXPECT_EQ(Create({{"client-token", "three"}}), 401);
  EXPECT_EQ(Create({{"client-token", ""}}), 401);
  EXPECT_EQ(Create({{"user-token", "one"}}), 401);
  const Reply reply = world_.Send({.method = "POST", .target = "/users"});
  EXPECT_THAT(reply.body, HasSubstr(R"({"error":true,"reason":")"));
}

TEST_F(CocoaheadsApplicationToken, ComesAfterRouteAndMethod) {
  EXPECT_EQ(world_.Send({.target = "/nowhere"}).status, 404);
  EXPECT_EQ(world_.Send({.target = "/users"}).status, 405);
  EXPECT_EQ(world_.Send({.method = "OPTIONS", .target = "/users"}).status, 204);
  EXPECT_EQ(world_.Send({.target = "/users/1"}).status, 401);
  EXPECT_EQ(world_.Send({.method = "POST", .target = "/users/auth"}).status, 401);
  EXPECT_EQ(world_.Send({.method = "POST", .target = "/users/clients"}).status, 401);
}

TEST(CocoaheadsWithoutApplicationToken, ChecksNone) {
  World world;
  EXPECT_EQ(world
                .Send({.method = "POST",
                       .target = "/users",
                       .body = R"({"name":"V","lastname":"O","email":"v@e.org"})",
                       .headers = {{"client-token", "whatever"}, {"api-version", "9"}}})
                .status,
            200);
}

TEST(CocoaheadsTokens, EndWithTheTwentyFirst) {
  World world;
  const Member vera = world.Join();
  world.SetPassword(vera.id, "correct horse");
  std::vector<std::string> tokens;
  for (int i = 0; i < 21; ++i) {
    const Reply reply =
        world.Post("/users/auth", R"({"email":"vera@example.org","password":"correct horse"})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    tokens.push_back(reply.Header("user-token"));
  }

  EXPECT_EQ(world.Get("/users/" + vera.id, tokens.front()).status, 401);
  EXPECT_EQ(world.Get("/users/" + vera.id, tokens[1]).status, 200);
  EXPECT_EQ(world.Get("/users/" + vera.id, tokens.back()).status, 200);
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), "20");
}

}  // namespace
}  // namespace rosterd::cocoaheads
