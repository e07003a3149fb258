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

}  // namespace
}  // namespace rosterd::timeslot
