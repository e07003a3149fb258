// Applications and tokens: contract sections 5, 6.1 to 6.3, 6.7.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {
namespace {

using ::testing::HasSubstr;

constexpr const char* kForm = "application/x-www-form-urlencoded";

std::string Password(const std::string& username, const std::string& password) {
  return R"({"grant_type":"password","username":")" + username + R"(","password":")" + password +
         R"("})";
}

Reply Login(World& world, const std::string& body, const std::string& key = "manager-key") {
  return world.Send({.target = "/auth", .method = "POST", .body = body, .key = key});
}

Reply Renew(World& world, const std::string& token, const std::string& key = "manager-key") {
  return world.Send({.target = "/auth",
                     .method = "POST",
                     .body = R"({"grant_type":"refresh_token"})",
                     .key = key,
                     .bearer = token});
}

int64_t Now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
      .time_since_epoch()
      .count();
}

std::string Claims(const std::string& rest, int64_t seconds = 0) {
  return R"({"iat":)" + std::to_string(Now() + seconds) + R"(,"exp":)" +
         std::to_string(Now() + seconds + 1200) + "," + rest + "}";
}

TEST(BeditaAuth, AnswersAGoodLogin) {
  const Reply reply = Login(World::Shared(), Password("mara", "mara-password"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr(R"({"links":{"self":"https://dir.example.org/auth",)"
                                    R"("home":"https://dir.example.org/home"},"meta":{"jwt":")"));
  EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
  EXPECT_NE(reply.At("meta/renew"), "");
}

TEST(BeditaAuth, LooksAtNoPasswordWithoutAnApplication) {
  World& world = World::Shared();
  EXPECT_EQ(Login(world, Password("mara", "mara-password"), "").Title(), "Missing API key");
  EXPECT_EQ(Login(world, Password("mara", "mara-password"), "closed-key").Title(),
            "Invalid API key");
}

TEST(BeditaAuth, RefusesEveryFailureAlike) {
  World world;
  for (const auto& [username, password] :
       std::vector<std::pair<std::string, std::string>>{{"mara", "wrong"},
                                                        {"nobody", "x"},
                                                        {"dora", "dora-password"},
                                                        {"otto", "otto-password"},
                                                        {"bert", "bert-password"},
                                                        {"gone", "gone-password"},
                                                        {"mara", ""},
                                                        {"", "x"}}) {
    const Reply reply = Login(world, Password(username, password));
    EXPECT_EQ(reply.status, 401) << username;
    EXPECT_EQ(reply.body,
              R"({"error":{"status":"401","title":"Login request not successful"},"links":)"
              R"({"self":"https://dir.example.org/auth","home":"https://dir.example.org/home"}})")
        << username;
  }
}

TEST(BeditaAuth, CountsLoginsAndFailures) {
  World world;
  world.Execute("UPDATE users SET bedita_num_login_err = 2147483646 WHERE id = 2");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Login(world, Password("MARA", "wrong")).status, 401);
  EXPECT_EQ(world.AskDatabase("SELECT bedita_num_login_err FROM users WHERE id = 2"), "2147483647");
  EXPECT_EQ(world.AskDatabase("SELECT bedita_last_login_err IS NULL FROM users WHERE id = 2"), "0");
  EXPECT_EQ(Login(world, Password("mara", "mara-password")).status, 200);
  EXPECT_EQ(world.AskDatabase("SELECT bedita_num_login_err FROM users WHERE id = 2"), "0");
  EXPECT_EQ(world.AskDatabase("SELECT last_login_at IS NULL FROM users WHERE id = 2"), "0");
  EXPECT_EQ(world.AskDatabase("SELECT updated_at FROM users WHERE id = 2"),
            "2026-01-06 00:00:00.000000");
}

TEST(BeditaAuth, InfersTheGrant) {
  World world;
  EXPECT_EQ(Login(world, R"({"username":"mara","password":"mara-password"})").status, 200);
  EXPECT_EQ(Login(world, R"({"client_id":"manager-key"})", "").status, 200);
  const TokenPair tokens = world.Login("mara");
  EXPECT_EQ(world.Send({.target = "/auth", .method = "POST", .bearer = tokens.renew}).status, 200);
  EXPECT_EQ(world.Send({.target = "/auth", .method = "POST"}).status, 401);
}

TEST(BeditaAuth, TakesForms) {
  const Reply reply = World::Shared().Send({.target = "/auth",
                                            .method = "POST",
                                            .body = "username=mara&password=mara-password",
                                            .content_type = kForm});
  EXPECT_EQ(reply.status, 200);
}

TEST(BeditaAuth, RefusesOtherGrants) {
  World& world = World::Shared();
  for (const char* body :
       {R"({"grant_type":"otp","username":"mara","password":"mara-password"})",
        R"({"auth_provider":"google","username":"mara"})", R"({"grant_type":7})", "[]", "{}",
        R"({"grant_type":["password"],"username":"mara","password":"mara-password"})",
        R"({"grant_type":"password","username":"mara","password":"mara-password",)"
        R"("auth_provider":"google"})",
        R"({"grant_type":"password","username":{},"password":["x"]})"}) {
    EXPECT_EQ(Login(world, body).status, 401) << body;
  }
}

TEST(BeditaAuth, KnowsApplicationsByTheirCredentials) {
  World world;
  const auto grant = [](const std::string& rest) {
    return R"({"grant_type":"client_credentials",)" + rest + "}";
  };
  const Reply reply =
      Login(world, grant(R"("client_id":"site-key","client_secret":"site-secret")"), "");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(world.Send({.key = "", .bearer = reply.At("meta/jwt")}).status, 200);
  EXPECT_EQ(world.Send({.target = "/auth/user", .key = "", .bearer = reply.At("meta/jwt")}).Title(),
            "Authentication is required to continue");
  EXPECT_EQ(Renew(world, reply.At("meta/renew"), "").status, 200);
  for (const char* rest : {R"("client_id":"site-key")", R"("client_id":"closed-key")",
                           R"("client_id":"site-key","client_secret":"x")", R"("client_id":"")"}) {
    EXPECT_EQ(Login(world, grant(rest), "").Title(), "Login request not successful") << rest;
  }
}

TEST(BeditaAuth, GivesNewTokensForARenewToken) {
  World world;
  const TokenPair tokens = world.Login("mara");
  const Reply reply = Renew(world, tokens.renew, "");
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.At("meta/renew"), tokens.renew);
  EXPECT_EQ(world.Send({.target = "/home", .key = "", .bearer = reply.At("meta/jwt")}).person, 2U);
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM credentials WHERE kind = 'session'"), "1");
}

TEST(BeditaAuth, RefusesToRenewWithAnythingElse) {
  World world;
  const TokenPair tokens = world.Login("mara");
  EXPECT_EQ(Renew(world, "not.a.token", "").Title(), "Missing API key");
  for (const std::string& token :
       {std::string("not.a.token"), tokens.jwt,
        World::Sign(Claims(R"("app":{"id":1},"aud":"x","sub":2)", -5000)),
        World::Sign(Claims(R"("app":{"id":1},"aud":"x","sub":99)")),
        World::Sign(Claims(R"("app":{"id":1},"id":2)", -5000))}) {
    const Reply reply = Renew(world, token);
    EXPECT_EQ(reply.status, 401) << token;
    EXPECT_EQ(reply.Title(), "Login request not successful") << token;
    EXPECT_EQ(reply.At("error/code"), "") << token;
  }
  EXPECT_EQ(Renew(world, World::Sign(Claims(R"("app":{"id":3},"aud":"x","sub":2)"))).Title(),
            "Application unauthorized");
}

TEST(BeditaAuth, TakesTokensFromBeforeAMigration) {
  World& world = World::Shared();
  const std::string access = World::Sign(Claims(
      R"("iss":"https://old","app":{"id":1,"name":"manager"},"id":2,"username":"mara","roles":[])"));
  EXPECT_EQ(world.Send({.key = "", .bearer = access}).person, 2U);
  const std::string renew =
      World::Sign(Claims(R"("app":{"id":1},"sub":2,"aud":"https://old/auth")"));
  EXPECT_EQ(Renew(world, renew, "").status, 200);
}

TEST(BeditaAuth, TellsExpiredTokensApart) {
  World& world = World::Shared();
  const std::string expired = World::Sign(Claims(R"("app":{"id":1},"id":2)", -1300));
  const Reply reply = world.Send({.key = "", .bearer = expired});
  EXPECT_EQ(reply.status, 401);
  EXPECT_THAT(reply.body, HasSubstr(R"("error":{"status":"401","title":"Expired token",)"
                                    R"("code":"be_token_expired"})"));
}

TEST(BeditaAuth, RefusesForgedTokens) {
  World& world = World::Shared();
  const std::string claims = Claims(R"("app":{"id":1},"id":1)");
  const std::string none =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJpZCI6MSwiZXhwIjo5OTk5OTk5OTk5fQ.";
  for (const std::string& token :
       {none, World::Sign(claims, "HS256", "another secret, as long as the right one"),
        World::Sign(claims, "HS512"), world.Login("mara").renew}) {
    const Reply reply = world.Send({.bearer = token});
    EXPECT_EQ(reply.status, 401) << token;
    EXPECT_EQ(reply.Title(), "Unauthorized") << token;
  }
}

TEST(BeditaAuth, AsksTheStoreAboutUsersOfTokens) {
  World& world = World::Shared();
  for (const int user : {5, 6, 7, 8, 99}) {
    const auto token = World::Sign(Claims(R"("app":{"id":1},"id":)" + std::to_string(user)));
    const Reply reply = world.Send({.bearer = token});
    EXPECT_EQ(reply.status, 401) << user;
    EXPECT_EQ(reply.Title(), "Request not authorized") << user;
  }
  const auto closed = World::Sign(Claims(R"("app":{"id":3},"id":2)"));
  EXPECT_EQ(world.Send({.bearer = closed}).Title(), "Application unauthorized");
}

TEST(BeditaAuth, SignsDraftsInWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.login_draft = true;
  World world(settings);
  EXPECT_EQ(Login(world, Password("dora", "dora-password")).status, 200);
  EXPECT_EQ(Login(world, Password("otto", "otto-password")).status, 401);
}

TEST(BeditaAuth, DoesWithoutKeysWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.block_anonymous_apps = false;
  World world(settings);
  EXPECT_EQ(world.Send({.key = ""}).status, 200);
  EXPECT_EQ(world.Send({.key = "wrong"}).Title(), "Invalid API key");
  const Reply reply = Login(world, Password("mara", "mara-password"), "");
  EXPECT_EQ(world.Send({.key = "", .bearer = reply.At("meta/jwt")}).person, 2U);
}

TEST(BeditaAuth, ReadsTokensOfTheQueryWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.jwt_query_token = true;
  World world(settings);
  const std::string target = "/home?token=" + world.Login("mara").jwt;
  EXPECT_EQ(world.Send({.target = target, .key = ""}).person, 2U);
  EXPECT_EQ(World::Shared().Send({.target = target}).person, 0U);
}

TEST(BeditaAuth, CostsNoStatementWithinASecond) {
  World& world = World::Shared();
  const TokenPair tokens = world.Login("edith");
  const Ask ask{.key = "", .bearer = tokens.jwt};
  world.Send(ask);
  EXPECT_EQ(world.LastStatements(), 1U);
  world.Send(ask);
  EXPECT_EQ(world.LastStatements(), 0U);
}

TEST(BeditaThrottle, LocksOneAccountForOneAddress) {
  config::Settings settings = World::Defaults();
  settings.throttle.sign_in_failures_per_account = 3;
  World world(settings);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Login(world, Password("mara", "wrong")).status, 401);
  const Reply locked = Login(world, Password("Mara", "mara-password"));
  EXPECT_EQ(locked.status, 401);
  EXPECT_EQ(locked.Title(), "Login request not successful");
  EXPECT_EQ(Login(world, Password("edith", "edith-password")).status, 200);
  EXPECT_EQ(world
                .Send({.target = "/auth",
                       .method = "POST",
                       .body = Password("mara", "mara-password"),
                       .address = "192.0.2.2"})
                .status,
            200);
}

TEST(BeditaThrottle, LocksAnAddress) {
  config::Settings settings = World::Defaults();
  settings.bedita.sign_in_failures_per_address = 3;
  World world(settings);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Login(world, Password("x" + std::to_string(i), "wrong")).status, 401);
  }
  EXPECT_EQ(Login(world, Password("mara", "mara-password")).status, 401);
}

TEST(BeditaThrottle, SlowsGuessesAtKeys) {
  config::Settings settings = World::Defaults();
  settings.bedita.sign_in_failures_per_address = 2;
  World world(settings);
  EXPECT_EQ(world.Send({.key = "a"}).status, 403);
  EXPECT_EQ(world.Send({.key = "b"}).status, 403);
  const Reply locked = world.Send({.key = "c"});
  EXPECT_EQ(locked.status, 429);
  EXPECT_NE(locked.Header("Retry-After"), "");
  EXPECT_EQ(world.Send({}).status, 200);
}

TEST(BeditaOptOut, RemovesTheUserForGood) {
  World world;
  const TokenPair tokens = world.Login("edith");
  const auto opt_out = [&](const std::string& username) {
    return world.Send({.target = "/auth/optout",
                       .method = "POST",
                       .body = Password(username, username + "-password")});
  };
  const Reply reply = opt_out("edith");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.Header("Content-Type"), "");
  EXPECT_EQ(world.AskDatabase("SELECT username FROM users WHERE id = 3"), "");
  EXPECT_EQ(world.Send({.bearer = tokens.jwt}).Title(), "Request not authorized");
  EXPECT_EQ(opt_out("edith").Title(), "Login request not successful");
  EXPECT_EQ(opt_out("bedita").Title(), "Could not delete \"User\" 1");
  EXPECT_EQ(opt_out("lock").Title(), "Operation not allowed on \"locked\" objects");
  EXPECT_EQ(world
                .Send({.target = "/auth/optout",
                       .method = "POST",
                       .body = R"({"grant_type":"client_credentials","client_id":"manager-key"})"})
                .status,
            401);
}

}  // namespace
}  // namespace rosterd::bedita
