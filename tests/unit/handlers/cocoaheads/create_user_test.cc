#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr char kVera[] = R"({"name":"Vera","lastname":"Orlova","email":"vera@example.org"})";

TEST(CocoaheadsCreateUser, AnswersTheEightMembersInTheirOrder) {
  World world;

  const Reply reply = world.Post("/users", kVera);

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"id":)" + reply.Member("id") +
                            R"(,"name":"Vera","lastname":"Orlova","company":"","position":"",)"
                            R"("email":"vera@example.org","phone":"","photo":""})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
}

TEST(CocoaheadsCreateUser, HandsOutATokenThatLetsIn) {
  World world;

  const Reply reply = world.Post("/users", kVera);

  EXPECT_THAT(reply.Header("user-token"), MatchesRegex("[A-Za-z0-9_-]{43}"));
  EXPECT_EQ(world.Get("/users/" + reply.Member("id"), reply.Header("user-token")).body, reply.body);
  EXPECT_EQ(world.AskDatabase("SELECT CONCAT(dialect, ' ', kind, ' ', form) FROM credentials"
                              " WHERE digest = UNHEX(SHA2('" +
                              reply.Header("user-token") + "', 256))"),
            "cocoaheads token sha256");
}

TEST(CocoaheadsCreateUser, MakesAnActivePersonNamedByItsAddressWithoutPassword) {
  World world;

  world.Post("/users", kVera);

  EXPECT_EQ(world.AskDatabase("SELECT CONCAT_WS(' ', username, email, status, password_hash)"
                              " FROM users"),
            "vera@example.org vera@example.org active ");
}

TEST(CocoaheadsCreateUser, TakesAllSevenFieldsAndKeepsThem) {
  World world;

  const Reply reply =
      world.Post("/users", R"({"name":"Вера","lastname":"Орлова","email":" v@example.org ",)"
                           R"x("phone":"+7 (999)","company":"Kite \"Works\"",)x"
                           R"("position":"dev","photo":"http://a.example/b.jpg"})");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Member("name"), "Вера");
  EXPECT_EQ(reply.Member("lastname"), "Орлова");
  EXPECT_EQ(reply.Member("email"), "v@example.org");
  EXPECT_EQ(reply.Member("phone"), "+7 (999)");
  EXPECT_EQ(reply.Member("company"), "Kite \"Works\"");
  EXPECT_EQ(reply.Member("position"), "dev");
  EXPECT_EQ(reply.Member("photo"), "http://a.example/b.jpg");
  EXPECT_EQ(world.Get("/users/" + reply.Member("id"), reply.Header("user-token")).body, reply.body);
}

TEST(CocoaheadsCreateUser, NamesEveryMissingField) {
  World world;

  const Reply reply = world.Post("/users", R"({"name":"  ","phone":"1"})");

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"error":true,"reason":"Missing: name, lastname, email"})");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM users"), "0");
}

TEST(CocoaheadsCreateUser, TakesNullForNothing) {
  World world;

  EXPECT_EQ(world.Post("/users", R"({"name":"V","lastname":"O","email":"v@e.org","phone":null})")
                .Member("phone"),
            "");
  EXPECT_THAT(world.Post("/users", R"({"name":null,"lastname":"O","email":"w@e.org"})").body,
              HasSubstr("Missing: name"));
}

TEST(CocoaheadsCreateUser, RefusesATakenAddressInAnyCaseOfLetters) {
  World world;
  world.Post("/users", kVera);

  const Reply reply =
      world.Post("/users", R"({"name":"V","lastname":"O","email":"VERA@example.org"})");

  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.Header("user-token"), "");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM users"), "1");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM credentials"), "1");
}

TEST(CocoaheadsCreateUser, GivesTheAddressOfADeletedPersonAgain) {
  World world;
  const Member vera = world.Join();
  ASSERT_TRUE(world.Own().persons.Delete(TestActor(), UserId{std::stoull(vera.id)}));

  EXPECT_EQ(world.Post("/users", kVera).status, 200);
}

TEST(CocoaheadsCreateUser, IgnoresUnknownMembersAndTokens) {
  World world;

  const Reply reply = world.Send(
      {.method = "POST",
       .target = "/users",
       .body = R"({"id":7777777,"token":"t","created_at":1,"status":{},"name":"V","lastname":"O",)"
               R"("email":"v@e.org"})",
       .token = "nobody's"});

  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.Member("id"), "7777777");
}

TEST(CocoaheadsCreateUser, RefusesAddressesThatAreNone) {
  World world;
  for (const char* email : {"vera", "@e.org", "vera@", "a@b@c", "a b@c", "a\\u0001@c", "a\\t@c"}) {
    EXPECT_EQ(
        world.Post("/users", std::string(R"({"name":"V","lastname":"O","email":")") + email + "\"}")
            .status,
        400)
        << email;
  }
  EXPECT_EQ(world
                .Post("/users", R"({"name":"V","lastname":"O","email":")" + std::string(250, 'a') +
                                    "@e.or\"}")
                .status,
            400);
  EXPECT_EQ(world
                .Post("/users",
                      R"({"name":"V","lastname":"O","email":")" + std::string(250, 'a') + "@e.o\"}")
                .status,
            200);
}

TEST(CocoaheadsCreateUser, CountsCharactersAndNotBytes) {
  World world;
  std::string long_text;
  for (int i = 0; i < 255; ++i) long_text += "ы";

  for (const std::string field : {"name", "lastname", "phone", "company", "position"}) {
    const Member member = world.Join(field + "@example.org");
    const Reply kept = world.Patch("/users/" + member.id,
                                   "{\"" + field + "\":\"" + long_text + "\"}", member.token);
    EXPECT_EQ(kept.status, 200) << field << kept.body;
    EXPECT_EQ(kept.Member(field), long_text);
    EXPECT_EQ(world
                  .Patch("/users/" + member.id, "{\"" + field + "\":\"" + long_text + "x\"}",
                         member.token)
                  .status,
              400)
        << field;
  }
}

TEST(CocoaheadsCreateUser, LimitsRegistrationsOfAnAddress) {
  World world([](config::Settings& settings) { settings.cocoaheads.sign_ups_per_address = 2; });
  world.Join("a@example.org");
  world.Join("b@example.org");

  const Reply reply = world.Post("/users", kVera);
  EXPECT_EQ(reply.status, 429);
  EXPECT_THAT(reply.Header("Retry-After"), MatchesRegex("[1-9][0-9]*"));
  EXPECT_THAT(reply.body, HasSubstr("\"error\":true"));

  EXPECT_EQ(
      world.Send({.method = "POST", .target = "/users", .body = kVera, .address = "192.0.2.2"})
          .status,
      200);
}

TEST(CocoaheadsCreateUser, LimitsHowOftenAnAddressMayAskWhoIsKnown) {
  World world([](config::Settings& settings) { settings.cocoaheads.sign_ups_per_address = 3; });
  world.Join();

  EXPECT_EQ(world.Post("/users", kVera).status, 409);
  EXPECT_EQ(world.Post("/users", "{").status, 400);
  EXPECT_EQ(world.Post("/users", kVera).status, 409);
  EXPECT_EQ(world.Post("/users", kVera).status, 429);
}

TEST(CocoaheadsCreateUser, LimitsNothingWithoutThrottle) {
  World world([](config::Settings& settings) {
    settings.cocoaheads.sign_ups_per_address = 1;
    settings.throttle.enabled = false;
  });
  world.Join("a@example.org");

  EXPECT_EQ(world.Post("/users", kVera).status, 200);
}

TEST(CocoaheadsCreateUser, IsAudited) {
  World world;
  const Member vera = world.Join();

  EXPECT_EQ(world.AskDatabase("SELECT CONCAT_WS(' ', dialect, user_id = " + vera.id +
                              ", address, fields) FROM audit WHERE action = 'user.create'"),
            "cocoaheads 1 192.0.2.1 username,first_name,last_name,email");
}

}  // namespace
}  // namespace rosterd::cocoaheads
