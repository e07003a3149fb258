// Contract section 6.4.
#include <gtest/gtest.h>

#include <regex>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

std::string PasswordOf(const Reply& reply) {
  static const std::regex kShape(R"re(\{"id":"\d+","password":"([0-9a-f]{20})"\})re");
  std::smatch match;
  return std::regex_match(reply.body, match, kShape) ? match[1].str() : "";
}

TEST(BrightactReset, AnswersARandomPasswordThatWorks) {
  World world;
  const Reply first = world.Get("/api/v1/resetUserPassword/2.json");
  EXPECT_EQ(first.status, 200);
  EXPECT_TRUE(first.body.starts_with(R"({"id":"2","password":")"));
  EXPECT_EQ(first.Header("Cache-Control"), "no-store");
  EXPECT_EQ(first.Header("Pragma"), "no-cache");
  EXPECT_TRUE(world.Worker().Admits(2, PasswordOf(first)));

  const Reply second = world.Get("/api/v1/resetUserPassword/my", kUserKey);
  EXPECT_NE(PasswordOf(second), PasswordOf(first));
  EXPECT_TRUE(world.Worker().Admits(2, PasswordOf(second)));
  EXPECT_FALSE(world.Worker().Admits(2, PasswordOf(first)));
}

TEST(BrightactReset, MovesUpdatedAtAndEndsTokensButNoKeys) {
  World world;
  world.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES "
      "('timeslot', 'token', 2, 'x', NOW())");
  world.Get("/api/v1/resetUserPassword/2");
  EXPECT_EQ(world.Ask("SELECT updated_at > created_at FROM users WHERE id = 2"), "1");
  EXPECT_EQ(world.Ask("SELECT GROUP_CONCAT(kind) FROM credentials WHERE user_id = 2 AND "
                      "revoked_at IS NULL"),
            "key");
}

TEST(BrightactReset, IsRefusedToPrefetchers) {
  World world;
  const std::vector<std::pair<std::string, std::string>> headers = {
      {"Sec-Purpose", "prefetch;prerender"}, {"Purpose", "Prefetch"}, {"X-Moz", "prefetch"}};
  for (const auto& header : headers) {
    const Reply reply = world.Send({.target = "/api/v1/resetUserPassword/2", .headers = {header}});
    EXPECT_EQ(reply.status, 403) << header.first;
  }
  EXPECT_EQ(world.Ask("SELECT password_hash FROM users WHERE id = 2"), "");
  EXPECT_EQ(world.Send({.target = "/api/v1/resetUserPassword/2", .headers = {{"Purpose", "view"}}})
                .status,
            200);
}

TEST(BrightactReset, IsNotDoneByHead) {
  World world;
  EXPECT_EQ(world.Send({.target = "/api/v1/resetUserPassword/2", .method = "HEAD"}).status, 405);
  EXPECT_EQ(world.Ask("SELECT password_hash FROM users WHERE id = 2"), "");
}

TEST(BrightactReset, DoesNotFindADeletedUser) {
  World world;
  world.Delete("/api/v1/user/2");
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 404);
}

TEST(BrightactReset, GivesADisabledUserAPasswordThatDoesNotLetIn) {
  World world;
  world.Put("/api/v1/user/2", "status=0");
  const Reply reply = world.Get("/api/v1/resetUserPassword/2");
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(world.Worker().Admits(2, PasswordOf(reply)));
}

TEST(BrightactReset, LeavesOneAuditRowEach) {
  World world;
  world.Get("/api/v1/resetUserPassword/2");
  EXPECT_EQ(world.Ask("SELECT CONCAT_WS(' ', dialect, user_id, actor_id, credential, address, "
                      "fields) FROM audit WHERE user_id = 2 AND dialect = 'brightact'"),
            "brightact 2 1 key:" + world.Ask("SELECT MIN(id) FROM credentials WHERE user_id = 1") +
                " 192.0.2.1 password");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM audit WHERE user_id = 2 AND dialect = 'brightact'"),
            "1");
}

TEST(BrightactResetThrottle, AllowsTenWithOneKey) {
  World world;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 200);
  }
  const std::string before = world.Ask("SELECT password_hash FROM users WHERE id = 2");
  const Reply refused = world.Get("/api/v1/resetUserPassword/2");
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.Header("Retry-After"), "");
  EXPECT_EQ(refused.body, R"({"error":"Too many requests."})");
  EXPECT_EQ(world.Ask("SELECT password_hash FROM users WHERE id = 2"), before);
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/my", kUserKey).status, 200) << "another key";
}

TEST(BrightactResetThrottle, CountsOnlyWhatWasReset) {
  World world([](config::Settings& settings) { settings.brightact.resets_per_key = 1; });
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/77").status, 404);
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/77").status, 404);
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 200);
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 429);
}

TEST(BrightactResetThrottle, CanBeSwitchedOff) {
  World world([](config::Settings& settings) {
    settings.brightact.resets_per_key = 1;
    settings.throttle.enabled = false;
  });
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 200);
  EXPECT_EQ(world.Get("/api/v1/resetUserPassword/2").status, 200);
}

}  // namespace
}  // namespace rosterd::brightact
