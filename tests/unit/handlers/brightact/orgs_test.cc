// Contract sections 6.7 to 6.10.
#include <gtest/gtest.h>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kBlank = R"({"errors":{"name":["Name cannot be blank."]}})";

TEST(BrightactCreateOrg, AnswersTheNewId) {
  World world;
  const Reply reply = world.Post("/api/v1/org.json", "name=+Kite+Works+");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"id":"1"})");
  EXPECT_EQ(world.Ask("SELECT name FROM brightact_orgs"), "Kite Works");
  EXPECT_EQ(world.Ask("SELECT CONCAT_WS(' ', dialect, action, actor_id, fields) FROM audit WHERE "
                      "action LIKE 'org.%'"),
            "brightact org.create 1 org:1,name");
}

TEST(BrightactCreateOrg, WantsAName) {
  World world;
  EXPECT_EQ(world.Post("/api/v1/org", "").body, kBlank);
  EXPECT_EQ(world.Post("/api/v1/org", "name=+").body, kBlank);
  EXPECT_EQ(world.Post("/api/v1/org", "name=" + std::string(256, 'n')).body,
            R"({"errors":{"name":["Name is too long."]}})");
  EXPECT_EQ(world.Post("/api/v1/org", "name=%FF").body,
            R"({"errors":{"name":["Name is invalid."]}})");
  EXPECT_EQ(world.Post("/api/v1/org", "name[0]=a&name[1]=b").body,
            R"({"errors":{"name":["Name is invalid."]}})");
  EXPECT_EQ(world.Post("/api/v1/org", "name=" + std::string(255, 'n')).status, 200);
}

TEST(BrightactCreateOrg, LetsTwoHaveOneName) {
  World world;
  EXPECT_EQ(world.AddOrg("Kite"), "1");
  EXPECT_EQ(world.AddOrg("Kite"), "2");
}

TEST(BrightactGetOrg, ShowsFourMembers) {
  World world;
  world.Execute(
      "INSERT INTO brightact_orgs VALUES (4, 'Kite Works', '2026-03-02 09:10:00', "
      "'2026-03-02 09:30:00')");
  EXPECT_EQ(world.Get("/api/v1/org/4.json").body,
            R"({"id":"4","name":"Kite Works","created_at":"2026-03-02 09:10:00",)"
            R"("updated_at":"2026-03-02 09:30:00"})");
  EXPECT_EQ(world.Get("/api/v1/org/5").status, 404);
}

TEST(BrightactListOrgs, ShowsAllById) {
  World world;
  EXPECT_EQ(world.Get("/api/v1/orgs.json").body, "[]");
  world.Execute(
      "INSERT INTO brightact_orgs VALUES (7, 'B', '2026-03-02', '2026-03-02'), (4, 'A', "
      "'2026-03-02', '2026-03-02')");
  EXPECT_EQ(world.Get("/api/v1/orgs").body,
            R"([{"id":"4","name":"A","created_at":"2026-03-02 00:00:00",)"
            R"("updated_at":"2026-03-02 00:00:00"},{"id":"7","name":"B",)"
            R"("created_at":"2026-03-02 00:00:00","updated_at":"2026-03-02 00:00:00"}])");
}

TEST(BrightactUpdateOrg, RenamesAndAnswersIt) {
  World world;
  world.Execute(
      "INSERT INTO brightact_orgs VALUES (4, 'Kite', '2026-03-02 09:10:00', "
      "'2026-03-02 09:10:00')");
  const Reply reply = world.Put("/api/v1/org/4.json", "name=Kite+Works+%2B1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.starts_with(
      R"({"id":"4","name":"Kite Works +1","created_at":"2026-03-02 09:10:00","updated_at":"20)"));
  EXPECT_EQ(reply.body, world.Get("/api/v1/org/4").body);
  EXPECT_EQ(world.Ask("SELECT updated_at > created_at FROM brightact_orgs"), "1");
}

TEST(BrightactUpdateOrg, WantsANameToo) {
  World world;
  const std::string path = "/api/v1/org/" + world.AddOrg("Kite");
  EXPECT_EQ(world.Put(path, "").body, kBlank);
  EXPECT_EQ(world.Put(path, "name=").body, kBlank);
  EXPECT_EQ(world.Put("/api/v1/org/77", "").status, 404);
  EXPECT_EQ(world.Ask("SELECT name FROM brightact_orgs"), "Kite");
}

TEST(BrightactDeleteOrg, KeepsItsMembersWithoutOne) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.AddUser("a", "&org_id=" + org);
  world.AddUser("b", "&org_id=" + org);
  world.Delete("/api/v1/user/4");
  world.Execute("UPDATE users SET updated_at = '2026-02-02 02:02:02' WHERE id IN (3, 4)");

  const Reply reply = world.Delete("/api/v1/org/" + org + ".json");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"message":"Success"})");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users WHERE brightact_org_id IS NULL AND updated_at = "
                      "'2026-02-02 02:02:02'"),
            "2");
  EXPECT_NE(world.Get("/api/v1/user/3").body.find(R"("org_id":"0")"), std::string::npos);
  EXPECT_EQ(world.Ask("SELECT fields FROM audit WHERE action = 'org.delete'"),
            "org:" + org + ",members:2");
  EXPECT_EQ(world.Delete("/api/v1/org/" + org).status, 404);
  EXPECT_EQ(world.Get("/api/v1/org/" + org).status, 404);
}

TEST(BrightactDeleteOrg, NeverGivesItsIdAgain) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Delete("/api/v1/org/" + org);
  EXPECT_EQ(world.AddOrg("Kite"), "2");
}

TEST(BrightactDeleteOrg, GivesNobodyMoreRights) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Put("/api/v1/user/2", "org_id=" + org);
  world.Delete("/api/v1/org/" + org);
  EXPECT_EQ(world.Get("/api/v1/orgs", kUserKey).status, 403);
  EXPECT_EQ(world.Get("/api/v1/user/1", kUserKey).status, 403);
  EXPECT_EQ(world.Put("/api/v1/user/my", "sp_num=9", kUserKey).status, 403);
}

TEST(BrightactDeleteOrg, LetsGoOfManyMembers) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Execute(
      "INSERT INTO users (username, username_key, created_at, updated_at, brightact_org_id)"
      " SELECT CONCAT('m', seq), CONCAT('m', seq), NOW(), NOW(), " +
      org + " FROM seq_1_to_25000");
  EXPECT_EQ(world.Delete("/api/v1/org/" + org).status, 200);
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users WHERE brightact_org_id IS NULL"), "25002");
  EXPECT_EQ(world.Ask("SELECT fields FROM audit WHERE action = 'org.delete'"),
            "org:" + org + ",members:25000");
}

}  // namespace
}  // namespace rosterd::brightact
