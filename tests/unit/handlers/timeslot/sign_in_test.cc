#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handlers/timeslot/auth.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::MatchesRegex;

std::string Unquoted(const std::string& json) { return json.substr(1, json.size() - 2); }

Reply SignIn(World& world, const std::string& who, const std::string& password = "s3cret-tea") {
  return world.Post("/v1/users/signin", "{" + who + R"(,"password":")" + password + "\"}", "");
}

constexpr const char* kMira = R"("email":"mira.falk@example.net")";
constexpr const char* kPaul = R"("phone":"+49 30 5550199")";

// 6.1 and 5.3.
TEST(TimeslotSignUp, MakesAUserThatIsSignedIn) {
  World world;

  const Reply reply = world.Post(
      "/v1/users",
      R"({"username":"New One","email":"New@Example.net","password":"s3cret","phone":"12",)"
      R"("image":{"publicId":"x"},"push":false,"id":5})",
      "unknown");

  EXPECT_EQ(reply.status, 201);
  EXPECT_THAT(reply.body,
              MatchesRegex("\\{\"id\":[0-9]+,\"username\":\"New One\",\"email\":"
                           "\"New@Example.net\",\"authToken\":\"[A-Za-z0-9_-]{27}\"\\}"));
  EXPECT_THAT(reply.Header("ETag"), MatchesRegex("\"[0-9a-f]{32}\""));
  const Reply own = world.Get("/v1/users/" + reply["id"], Unquoted(reply["authToken"]));
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(own["phone"], R"("12")");
  EXPECT_EQ(own["image"], "null");
  EXPECT_EQ(own["push"], "true");
  EXPECT_EQ(own["createdAt"], own["updatedAt"]);
  EXPECT_EQ(world.AskDatabase("SELECT username FROM users WHERE id = " + reply["id"]),
            "user_" + reply["id"]);
}

TEST(TimeslotSignUp, TakesAPhoneAloneAndForms) {
  World world;

  const Reply reply =
      world.Form("POST", "/v1/users", "username=P&phone=%2B1+2&password=12345&email", "");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.body, R"({"error":{"email":["invalid email address"]}})");

  const Reply good = world.Form("POST", "/v1/users", "username=P&phone=%2B1+2&password=12345", "");
  EXPECT_EQ(good.status, 201);
  EXPECT_EQ(good["email"], "null");
  EXPECT_EQ(SignIn(world, R"("phone":"+1 2")", "12345").status, 200);
  EXPECT_EQ(SignIn(world, R"("phone":"+12")", "12345").status, 401);
}

TEST(TimeslotSignUp, NamesTheFirstThingThatIsMissing) {
  World world;
  for (const auto& [body, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", "email"},
           {"{}", "email"},
           {"[1]", "email"},
           {R"({"email":" ","phone":""})", "email"},
           {R"({"email":null,"phone":[]})", "email"},
           {R"({"email":{},"phone":false})", "email"},
           {R"({"email":{"a":1}})", "email"},
           {R"({"email":"a@b.c"})", "password"},
           {R"({"phone":"1","password":"","username":"x"})", "password"},
           {R"({"phone":"1","password":"     ","username":"x"})", "password"},
           {R"({"phone":"1","password":false,"username":"x"})", "password"},
           {R"({"phone":"1","password":["abcdef"],"username":"x"})", "password"},
           {R"({"phone":"1","password":"abcdef"})", "username"},
           {R"({"phone":"1","password":"abcdef","username":" "})", "username"},
       }) {
    const Reply reply = world.Post("/v1/users", body, "");
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body,
              R"({"error":"param is missing or the value is empty: )" + std::string(name) + R"("})")
        << body;
  }
}

TEST(TimeslotSignUp, CollectsWhatIsInvalid) {
  World world;
  for (const auto& [body, error] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"({"username":"x","email":"MIRA.falk@example.net","password":"1234"})",
            R"({"email":["has already been taken"],)"
            R"~("password":["is too short (minimum is 5 characters)"]})~"},
           {R"({"username":"x","email":"no","password":"12345","phone":"+49 30 5550199"})",
            R"({"email":["invalid email address"],"phone":["has already been taken"]})"},
           {R"({"username":"x","phone":"+1 555 0100","password":"12345"})",
            R"({"phone":["has already been taken"]})"},
       }) {
    const Reply reply = world.Post("/v1/users", body, "");
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, R"({"error":)" + std::string(error) + "}") << body;
  }
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM users WHERE id > 4802"), "0");
}

TEST(TimeslotSignUp, SharesUsernamesAndFreesDeletedAddresses) {
  World world;
  EXPECT_EQ(world
                .Post("/v1/users",
                      R"({"username":"Ada","email":"gone@example.net","password":"12345"})", "")
                .status,
            201);
}

TEST(TimeslotSignUp, KeepsDeletedAddressesWhereTheyAreReserved) {
  config::Settings settings;
  settings.directory.reserve_deleted_names = true;
  World world(settings);
  world.Send({.target = "/v1/users", .method = "DELETE", .token = "paul-token"});

  const Reply reply = world.Post(
      "/v1/users", R"({"username":"x","phone":"+49 30 5550199","password":"12345"})", "");

  EXPECT_EQ(reply.body, R"({"error":{"phone":["has already been taken"]}})");
}

TEST(TimeslotSignUp, IsLimitedPerAddress) {
  config::Timeslot settings;
  settings.sign_ups_per_address = 1;
  World world(settings);
  world.Post("/v1/users", R"({"username":"x","phone":"1","password":"12345"})", "");

  const Reply reply =
      world.Post("/v1/users", R"({"username":"x","phone":"2","password":"12345"})", "");

  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.body, R"({"error":"too many attempts, try again later"})");
  EXPECT_NE(reply.Header("Retry-After"), "");
  EXPECT_EQ(world
                .Send({.target = "/v1/users",
                       .method = "POST",
                       .body = R"({"username":"x","phone":"2","password":"12345"})",
                       .address = "192.0.2.9"})
                .status,
            201);
}

// 6.2.
TEST(TimeslotSignIn, GivesANewTokenAndEndsTheOldOne) {
  World world;

  const Reply reply = SignIn(world, R"("email":"MIRA.Falk@example.net")");

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, MatchesRegex("\\{\"id\":4711,\"username\":\"Mira Falk\",\"email\":"
                                       "\"mira.falk@example.net\",\"authToken\":"
                                       "\"[A-Za-z0-9_-]{27}\"\\}"));
  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
  EXPECT_EQ(world.Get("/v1/users/4711", Unquoted(reply["authToken"])).status, 200);
}

TEST(TimeslotSignIn, KeepsAsManyTokensAsItIsTold) {
  config::Timeslot settings;
  settings.tokens_per_user = 2;
  World world(settings);

  const std::string first = Unquoted(SignIn(world, kMira)["authToken"]);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
  const std::string second = Unquoted(SignIn(world, kMira)["authToken"]);

  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
  EXPECT_EQ(world.Get("/v1/users/4711", first).status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711", second).status, 200);
}

TEST(TimeslotSignIn, NotesTheTimeWithAndWithoutAPhone) {
  World world;
  world.Execute("UPDATE users SET last_login_at = NULL, timeslot_phone_login = id");

  ASSERT_EQ(SignIn(world, kMira).status, 200);
  ASSERT_EQ(SignIn(world, kPaul).status, 200);

  EXPECT_EQ(world.AskDatabase("SELECT GROUP_CONCAT(id ORDER BY id) FROM users"
                              " WHERE last_login_at IS NOT NULL"),
            "4711,4712");
  EXPECT_EQ(world.AskDatabase("SELECT GROUP_CONCAT(id, COALESCE(timeslot_phone_login, '-')"
                              " ORDER BY id) FROM users WHERE id IN (4711, 4712)"),
            "4711-,4712+49 30 5550199");
}

TEST(TimeslotSignIn, DoesNotMoveUpdatedAt) {
  World world;
  SignIn(world, kMira);
  EXPECT_EQ(world.AskDatabase("SELECT updated_at FROM users WHERE id = 4711"),
            "2015-05-07 08:15:30.120000");
}

TEST(TimeslotSignIn, NamesWhatIsMissing) {
  World world;
  const std::string missing = R"({"error":"param is missing or the value is empty: )";
  EXPECT_EQ(world.Post("/v1/users/signin", "{}", "").body, missing + R"(password"})");
  EXPECT_EQ(world.Post("/v1/users/signin", R"({"email":"a@b.c"})", "").body,
            missing + R"(password"})");
  EXPECT_EQ(world.Post("/v1/users/signin", R"({"password":"x"})", "").body, missing + R"(email"})");
  EXPECT_EQ(world.Form("POST", "/v1/users/signin", "password=x&email=&phone=", "").status, 422);
}

TEST(TimeslotSignIn, RefusesEverybodyElseAlike) {
  World world;
  world.Execute("UPDATE users SET password_hash = '' WHERE id = 4702");
  for (const char* who : {R"("email":"nobody@example.net")", R"("email":"gone@example.net")",
                          R"("email":"blocked@example.net")", R"("email":"ada@example.net")",
                          R"("email":"","phone":"+49 30 5550199")", R"("phone":"+49305550199")",
                          R"("phone":"x\u0000")", R"("email":"x\u0000@y.z")"}) {
    const Reply reply = SignIn(world, who);
    EXPECT_EQ(reply.status, 401) << who;
    EXPECT_EQ(reply.body, R"({"error":"email and password didn't match"})") << who;
    EXPECT_EQ(reply.Header("WWW-Authenticate"), "");
  }
  EXPECT_EQ(SignIn(world, kMira, "wrong").status, 401);
  EXPECT_EQ(SignIn(world, R"("email":null,"phone":"+49 30 5550199")").status, 200);
  EXPECT_EQ(
      world.Post("/v1/users/signin", R"({"email":"mira.falk@example.net","password":["s3"]})", "")
          .status,
      401);
}

TEST(TimeslotSignIn, IsLimitedPerAccount) {
  config::Settings settings;
  settings.throttle.sign_in_failures_per_account = 2;
  World world(settings);
  SignIn(world, kMira, "wrong");
  SignIn(world, kMira, "wrong");

  const Reply reply = SignIn(world, kMira);

  EXPECT_EQ(reply.status, 429);
  EXPECT_NE(reply.Header("Retry-After"), "");
  EXPECT_EQ(SignIn(world, kPaul).status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
}

TEST(TimeslotSignIn, TakesPersonsOfOtherDialects) {
  World world;
  const Reply reply = SignIn(world, R"("email":"shopper@example.net")");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply["username"], R"("Sam Shopper")");
}

// DESIGN.md section 2: the telephone number that signs in follows what other dialects write.
TEST(TimeslotPhoneLogin, FollowsThePhoneOfAllDialects) {
  World world;
  EXPECT_EQ(SignIn(world, R"("phone":"+1 555 0100")")["id"], "4802");

  world.Execute("UPDATE users SET phone = '77' WHERE id = 4712");
  EXPECT_EQ(SignIn(world, kPaul).status, 401);
  EXPECT_EQ(SignIn(world, R"("phone":"77")")["id"], "4712");
}

TEST(TimeslotPhoneLogin, StaysWithItsClaimantWhenAnotherGetsTheNumber) {
  World world;
  world.Execute("UPDATE users SET phone = '+49 30 5550199' WHERE id IN (217, 4711)");

  EXPECT_EQ(SignIn(world, kPaul)["id"], "4712");
  EXPECT_EQ(SignIn(world, kMira).status, 200);

  // Once Paul has another number, the first of the others has it.
  world.Execute("UPDATE users SET phone = '1' WHERE id = 4712");
  EXPECT_EQ(SignIn(world, kPaul)["id"], "217");
  EXPECT_EQ(world.AskDatabase("SELECT id FROM users WHERE timeslot_phone_login = '+49 30 5550199'"),
            "217");
}

TEST(TimeslotPhoneLogin, LeavesAnAbandonedNumberToTheNextOne) {
  World world;
  world.Execute("UPDATE users SET phone = '1' WHERE id = 4712");

  const Reply reply = world.Patch(R"({"phone":"+49 30 5550199"})");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(SignIn(world, kPaul)["id"], "4711");
}

// 6.3.
TEST(TimeslotSignOut, EndsTheTokenThatWasPresented) {
  World world;

  const Reply reply = world.Get("/v1/users/signout");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, " ");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  EXPECT_EQ(reply.Header("ETag"), "\"7215ee9c7d9dc229d2921a40e899ec5f\"");
  EXPECT_EQ(world.Get("/v1/users/signout").status, 401);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
}

TEST(TimeslotSignOut, HappensBeforeTheClientsCopyIsLookedAt) {
  World world;
  const Reply reply =
      world.Send({.target = "/v1/users/signout",
                  .headers = {{"If-None-Match", "\"7215ee9c7d9dc229d2921a40e899ec5f\""}}});
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
}

// 15.4 and section 3.
TEST(TimeslotToken, IsReadInAllSpellings) {
  EXPECT_EQ(ParseToken("Token token=abc"), "abc");
  EXPECT_EQ(ParseToken("Token token=\"abc\""), "abc");
  EXPECT_EQ(ParseToken("Token token=\"abc\", nonce=\"x\""), "abc");
  EXPECT_EQ(ParseToken("Token token=abc; nonce=x"), "abc");
  EXPECT_EQ(ParseToken("Token token=abc\tnonce=x"), "abc");
  EXPECT_EQ(ParseToken("Token nonce=\"x\", token=abc"), "abc");
  for (const char* header :
       {"Token token=", "Token token=\"\"", "Token ", "Token", "", "token token=abc",
        "TOKEN token=abc", "Bearer abc", "Basic YTpi", "Token xtoken=abc", "Tokentoken=abc"}) {
    EXPECT_EQ(ParseToken(header), std::nullopt) << header;
  }
}

TEST(TimeslotToken, IsAskedForBeforeParameters) {
  World& world = World::Shared();
  for (const char* header : {"", "Token token=wrong", "Bearer mira-token", "token token=mira-token",
                             "Token token=MIRA-token", "Token token=mira-toke"}) {
    const Reply reply = world.Send({.target = "/v1/users",
                                    .method = "PATCH",
                                    .token = "",
                                    .body = "{}",
                                    .headers = {{"Authorization", header}}});
    EXPECT_EQ(reply.status, 401) << header;
    EXPECT_EQ(reply.body, "Bad credentials");
    EXPECT_EQ(reply.Header("WWW-Authenticate"), R"(Token realm="Application")");
    EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(reply.Header("Cache-Control"), "no-cache");
  }
}

TEST(TimeslotToken, OpensForNobodyWhoMayNotSignIn) {
  World world;
  EXPECT_EQ(world.Get("/v1/users", "blocked-token").status, 401);
  EXPECT_EQ(world.Get("/v1/users", "gone-token").status, 401);
  world.Execute("UPDATE credentials SET dialect = 'cocoaheads'");
  EXPECT_EQ(world.Get("/v1/users").status, 401);
}

}  // namespace
}  // namespace rosterd::timeslot
