// Contract section 6.3.
#include <gtest/gtest.h>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kSuccess = R"({"message":"Success"})";

TEST(BrightactDeleteUser, DeletesSoftlyAndEndsEveryCredential) {
  World world;
  world.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES "
      "('timeslot', 'token', 2, 'x', NOW())");
  const Reply reply = world.Delete("/api/v1/user/2.json");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, kSuccess);
  EXPECT_EQ(world.Ask("SELECT deleted_at = updated_at FROM users WHERE id = 2"), "1");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM credentials WHERE user_id = 2 AND revoked_at IS NULL"),
            "0");
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 401);
}

TEST(BrightactDeleteUser, AnswersTheSameAgain) {
  World world;
  world.Delete("/api/v1/user/2");
  const std::string before = world.Ask("SELECT deleted_at FROM users WHERE id = 2");
  EXPECT_EQ(world.Delete("/api/v1/user/2").body, kSuccess);
  EXPECT_EQ(world.Ask("SELECT deleted_at FROM users WHERE id = 2"), before);
}

TEST(BrightactDeleteUser, DoesNotFindWhoNeverWas) {
  World world;
  const Reply reply = world.Delete("/api/v1/user/77");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, R"({"error":"Not found."})");
}

TEST(BrightactDeleteUser, LetsNoKeyDeleteItsOwner) {
  World world;
  EXPECT_EQ(world.Delete("/api/v1/user/my").status, 403);
  EXPECT_EQ(world.Delete("/api/v1/user/01").status, 403);
  EXPECT_EQ(world.Get("/api/v1/user/my").status, 200);
}

TEST(BrightactPurge, ErasesWhatTheDialectKnows) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Put("/api/v1/user/2",
            "sp_num=3&mobile_provider=2&extra_email=e&suppress_emails=s&org_id=" + org);
  world.Delete("/api/v1/user/2");
  ASSERT_TRUE(world.Worker().Persons().Purge({}, UserId{2}));
  EXPECT_EQ(world.Ask("SELECT brightact_org_id IS NULL AND brightact_sp_num = 0 AND "
                      "brightact_mobile_provider = 0 AND brightact_extra_email IS NULL AND "
                      "brightact_suppress_emails IS NULL FROM users WHERE id = 2"),
            "1");
}

}  // namespace
}  // namespace rosterd::brightact
