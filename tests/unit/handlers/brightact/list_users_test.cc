// Contract section 6.5.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(BrightactListUsers, ShowsTheLiveMembersById) {
  World world;
  const std::string org = world.AddOrg("Kite");
  const std::string other = world.AddOrg("Other");
  world.AddUser("a", "&org_id=" + org);
  world.AddUser("b", "&org_id=" + other);
  world.AddUser("c", "&status=0&org_id=" + org);
  const std::string deleted = world.AddUser("d", "&org_id=" + org);
  world.Delete("/api/v1/user/" + deleted);

  const Reply reply = world.Get("/api/v1/users.json?org_id=" + org);

  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.starts_with(R"([{"id":"3","username":"a",)")) << reply.body;
  EXPECT_NE(reply.body.find(R"(},{"id":"5","username":"c",)"), std::string::npos);
  EXPECT_EQ(Count(reply.body, "\"id\":"), 2U);
  EXPECT_EQ(Count(reply.body, "is_deleted"), 0U);
  EXPECT_TRUE(reply.body.ends_with("}]"));
}

TEST(BrightactListUsers, IsAnEmptyArrayOfNobody) {
  World world;
  EXPECT_EQ(world.Get("/api/v1/users?org_id=" + world.AddOrg("Kite")).body, "[]");
}

TEST(BrightactListUsers, ShowsWithZeroWhoHasNoOrganisation) {
  World world;
  world.AddUser("a", "&org_id=" + world.AddOrg("Kite"));
  const std::string body = world.Get("/api/v1/users?org_id=0").body;
  EXPECT_EQ(Count(body, "\"id\":"), 2U);
  EXPECT_TRUE(body.starts_with(R"([{"id":"1",)"));
}

TEST(BrightactListUsers, WantsToKnowWhose) {
  World world;
  const std::string blank = R"({"errors":{"org_id":["Org ID cannot be blank."]}})";
  EXPECT_EQ(world.Get("/api/v1/users").body, blank);
  EXPECT_EQ(world.Get("/api/v1/users?org_id=").body, blank);
  EXPECT_EQ(world.Get("/api/v1/users?org_id=+").body, blank);
  EXPECT_EQ(world.Get("/api/v1/users?org_id=x").body,
            R"({"errors":{"org_id":["Org ID must be an integer."]}})");
  EXPECT_EQ(world.Get("/api/v1/users?org_id=%FF").status, 400);
  EXPECT_EQ(world.Get("/api/v1/users?org_id=-1").status, 400);
  EXPECT_EQ(world.Get("/api/v1/users?org_id=77").status, 404);
}

/// Members of an organisation, made by SQL: there are many.
void AddMembers(World& world, const std::string& org, int count) {
  world.Execute(
      "INSERT INTO users (username, username_key, first_name, created_at, updated_at,"
      " brightact_org_id) SELECT CONCAT('m', seq), CONCAT('m', seq), 'M', NOW(), NOW(), " +
      org + " FROM seq_1_to_" + std::to_string(count));
}

TEST(BrightactListUsers, StreamsALongListInPieces) {
  World world;
  const std::string org = world.AddOrg("Kite");
  AddMembers(world, org, 20'000);

  const Reply whole = world.Get("/api/v1/users?org_id=" + org);

  EXPECT_EQ(Count(whole.body, "\"id\":"), 20'000U);
  EXPECT_TRUE(whole.body.ends_with("}]"));
  EXPECT_LT(whole.response.body.size(), 400'000U) << "what was there before the stream";
}

TEST(BrightactListUsers, IsWholeAtEveryLengthAroundAPiece) {
  World world;
  const std::string org = world.AddOrg("Kite");
  AddMembers(world, org, 499);
  for (int count = 499; count <= 501; ++count) {
    const std::string body = world.Get("/api/v1/users?org_id=" + org).body;
    EXPECT_EQ(Count(body, "\"id\":"), static_cast<size_t>(count));
    EXPECT_TRUE(body.ends_with("}]"));
    EXPECT_EQ(Count(body, "}{"), 0U);
    world.AddUser("n" + std::to_string(count), "&org_id=" + org);
  }
}

TEST(BrightactListUsers, ReadsEachRowOnceHoweverManyPiecesThereAre) {
  for (const bool in_org : {true, false}) {
    World world;
    const std::string org = world.AddOrg("Kite");
    AddMembers(world, in_org ? org : "NULL", 5'000);
    const auto reads = [&] {
      return std::stoul(
          world.Ask("SELECT SUM(VARIABLE_VALUE) FROM information_schema.global_status WHERE "
                    "VARIABLE_NAME IN ('HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT')"));
    };

    const auto before = reads();
    const Reply reply = world.Get("/api/v1/users?org_id=" + (in_org ? org : std::string("0")));

    EXPECT_GE(Count(reply.body, "\"id\":"), 5'000U);
    EXPECT_LT(reads() - before, 9'000U);
  }
}

}  // namespace
}  // namespace rosterd::brightact
