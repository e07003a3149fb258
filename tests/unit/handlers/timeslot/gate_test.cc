#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::MatchesRegex;

TEST(TimeslotGate, AnswersAnUnknownPathWithJson) {
  const Reply reply = World::Shared().Get("/v1/me");

  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, R"({"status":"404","error":"Not Found"})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(reply.Header("Cache-Control"), "no-cache");
  EXPECT_EQ(reply.Header("ETag"), "");
}

TEST(TimeslotGate, PutsItsFrameOnEveryAnswer) {
  const Reply reply = World::Shared().Get("/v1/nothing");

  EXPECT_EQ(reply.Header("X-Frame-Options"), "SAMEORIGIN");
  EXPECT_EQ(reply.Header("X-XSS-Protection"), "1; mode=block");
  EXPECT_EQ(reply.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(reply.Header("X-Runtime"), MatchesRegex("[0-9]+\\.[0-9]{6}"));
  EXPECT_EQ(reply.Header("X-Request-Id"), "00112233-4455-4677-8899-aabbccddeeff");
}

TEST(TimeslotGate, RefusesABrokenBodyBeforeAnythingElse) {
  const Reply reply = World::Shared().Post("/v1/nothing", R"({"a")", "");

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"status":"400","error":"Bad Request"})");
}

// Section 1 and 6.14.
TEST(TimeslotGate, HasNoOtherRoutes) {
  World& world = World::Shared();
  for (const Ask& ask : std::initializer_list<Ask>{
           {.target = "/v1/users", .method = "PUT"},
           {.target = "/v1/users", .method = "OPTIONS"},
           {.target = "/v1/users/4711", .method = "PATCH"},
           {.target = "/v1/users/4711", .method = "DELETE"},
           {.target = "/v1/users/signout", .method = "POST"},
           {.target = "/v1/users/signin"},
           {.target = "/v1/users/12a"},
           {.target = "/v1/users/-1"},
           {.target = "/V1/users"},
           {.target = "/v1/Users"},
           {.target = "/v1//users"},
           {.target = "/v1/users//"},
           {.target = "/v1/users.xml"},
           {.target = "/users"},
           {.target = "/"},
           {.target = "/v1/groups"},
           {.target = "/v1/slots/1"},
           {.target = "/v1/fb-connect", .method = "POST"},
           {.target = "/v1/tw-connect", .method = "POST"},
       }) {
    const Reply reply = world.Send(ask);
    EXPECT_EQ(reply.status, 404) << ask.method << ' ' << ask.target;
    EXPECT_EQ(reply.body, R"({"status":"404","error":"Not Found"})");
  }
}

TEST(TimeslotGate, TakesASlashOrASuffixAtTheEnd) {
  World& world = World::Shared();
  for (const char* path : {"/v1/users/4711/", "/v1/users/4711.json", "/v1/users/04711",
                           "/v1/users.json", "/v1/users/friendslots.json", "/v1/users/"}) {
    EXPECT_EQ(world.Get(path).status, 200) << path;
  }
}

// 4.3.
TEST(TimeslotGate, RefusesWhatItsTypeCannotBe) {
  World& world = World::Shared();
  struct Broken {
    const char* type;
    std::string body;
  };
  for (const Broken& broken : std::initializer_list<Broken>{
           {"application/json", "{"},
           {"application/json; charset=utf-8", R"({"a":"b")"},
           {"application/json", "\x00"},
           {"application/json", "{\"a\":\"\xFF\"}"},
           {"application/json", R"({"a":"\ud800"})"},
           {"application/x-www-form-urlencoded", "a=%FF"},
           {"application/x-www-form-urlencoded", "%C3=1"},
           {"multipart/form-data", "x"},
           {"multipart/form-data; boundary=x", "--x\r\n"},
       }) {
    const Reply reply = world.Send({.target = "/v1/users",
                                    .method = "PATCH",
                                    .token = "",
                                    .body = broken.body.empty() ? std::string(1, 0) : broken.body,
                                    .content_type = broken.type});
    EXPECT_EQ(reply.status, 400) << broken.type << broken.body;
    EXPECT_EQ(reply.body, R"({"status":"400","error":"Bad Request"})");
  }
}

TEST(TimeslotGate, ReadsNothingOutOfOtherTypesAndQueries) {
  World& world = World::Shared();
  EXPECT_EQ(world
                .Send({.target = "/v1/users?username=x",
                       .method = "PATCH",
                       .body = R"({"username":"x"})",
                       .content_type = "text/plain"})
                .body,
            R"({"error":"param is missing or the value is empty: user"})");
}

// 4.6.
TEST(TimeslotGate, LimitsTheBody) {
  const Reply reply = World::Shared().Patch(std::string(65537, ' '));
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.body, R"({"status":"413","error":"Payload Too Large"})");
}

// 2.1.
TEST(TimeslotGate, EchoesTheClientsRequestId) {
  World& world = World::Shared();
  const auto id = [&](const std::string& sent) {
    return world.Send({.target = "/v1/none", .headers = {{"X-Request-Id", sent}}})
        .Header("X-Request-Id");
  };
  EXPECT_EQ(id("a_B-9"), "a_B-9");
  EXPECT_EQ(id("a b;c\xC3\xA9.d"), "abcd");
  EXPECT_EQ(id(std::string(300, 'x')), std::string(255, 'x'));
  EXPECT_EQ(id(" ;"), "00112233-4455-4677-8899-aabbccddeeff");
}

TEST(TimeslotGate, WordsItsStatuses) {
  EXPECT_EQ(World::Shared().Patch("{}").response.reason, "Unprocessable Entity");
}

TEST(TimeslotGate, NamesItsRoutesForTheLog) {
  const Reply reply = World::Shared().Get("/v1/users/4680.json");
  EXPECT_EQ(reply.response.route, "/v1/users/{id}");
  EXPECT_EQ(reply.response.person, 4711U);
}

// What the layers below refuse.
TEST(TimeslotGate, AnswersFailuresInItsOwnShape) {
  World& world = World::Shared();
  const fcgi::Response busy = world.Api().Failed({}, 503);
  EXPECT_EQ(busy.body, R"({"status":"503","error":"Service Unavailable"})");
  EXPECT_EQ(world.Api().Failed({}, 500).body,
            R"({"status":"500","error":"Internal Server Error"})");
  EXPECT_EQ(world.Api().Failed({}, 429).body, R"({"error":"too many attempts, try again later"})");
}

}  // namespace
}  // namespace rosterd::timeslot
