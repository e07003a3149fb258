#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

constexpr const char* kRestore = R"({"data":{"id":"8","type":"objects"}})";

TEST(BeditaTrash, ListsWhatAllObjectsHave) {
  World& world = World::Shared();
  const Reply reply = world.Get("/trash");
  EXPECT_EQ(Ids(reply), "8");
  EXPECT_EQ(reply.At("data/0/attributes/uname"), "gone");
  EXPECT_EQ(reply.At("data/0/attributes/created"), "2026-01-12T00:00:00+00:00");
  EXPECT_EQ(reply.At("data/0/meta/locked"), "false");
  EXPECT_EQ(reply.At("data/0/links/self"), "https://dir.example.org/trash/8");
  for (const char* absent :
       {"\"username\"", "\"email\"", "\"relationships\"", "\"blocked\"", "external_auth"}) {
    EXPECT_EQ(reply.body.find(absent), std::string::npos) << absent;
  }
  const Reply chosen = world.Get("/trash?fields=uname,email");
  EXPECT_EQ(chosen.At("data/0/attributes/uname"), "gone");
  EXPECT_EQ(chosen.At("data/0/meta"), "");
}

TEST(BeditaTrash, ShowsOneWhole) {
  World& world = World::Shared();
  const Reply reply = world.Get("/trash/8");
  EXPECT_EQ(reply.At("data/attributes/username"), "gone");
  EXPECT_EQ(reply.At("data/attributes/email"), "gone@example.org");
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/trash/8");
  EXPECT_EQ(reply.body.find("\"relationships\""), std::string::npos);
  for (const char* target : {"/trash/4", "/trash/11", "/trash/999", "/trash/gone"}) {
    EXPECT_EQ(Told(world.Get(target)), "404 Record not found in table \"users\"") << target;
  }
}

TEST(BeditaTrash, IsSearchedByUniqueNamesToo) {
  World world;
  world.Execute("UPDATE users SET bedita_uname = 'somewhere-else' WHERE id = 8");
  EXPECT_EQ(Ids(world.Get("/trash?q=somewhere")), "8");
  EXPECT_EQ(Ids(world.Get("/trash?filter[deleted]=0&filter[locked]=1")), "8");
  EXPECT_EQ(Ids(world.Get("/trash?filter[type]=documents")), "");
  EXPECT_EQ(Ids(world.Get("/trash?filter[status]=on&sort=-modified")), "8");
}

TEST(BeditaTrash, HoldsWhoseNameIsOnlyBlanksForTheCollation) {
  World world;
  const Reply created = AddUser(world, R"({"username":"\u200b"})");
  const std::string id = created.At("data/id");
  ASSERT_EQ(created.status, 201) << created.body;
  ASSERT_EQ(Remove(world, "/users/" + id).status, 204);
  EXPECT_EQ(world.Get("/trash/" + id).status, 200);
  EXPECT_EQ(Ids(world.Get("/trash")), "8 " + id);
}

TEST(BeditaTrash, RefusesInTheOrderOfTheContract) {
  World& world = World::Shared();
  EXPECT_EQ(Told(Patch(world, "/trash/999", R"({"data":{"id":"8","type":"users"}})")),
            "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Patch(world, "/trash/4", R"({"data":{"id":"8","type":"users"}})")),
            "409 IDs don't match");
  EXPECT_EQ(Told(Patch(world, "/trash/4", R"({"data":{"id":"4","type":"users"}})")),
            "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Patch(world, "/trash/11", R"({"data":{"id":"11","type":"users"}})")),
            "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Patch(world, "/trash/8", R"({"data":{"id":"8"}})")),
            "400 Bad JSON API input: Key `type` is mandatory");
  EXPECT_EQ(Patch(world, "/trash/8", kRestore, "paul").status, 403);
}

TEST(BeditaTrash, RestoresWithRolesAndPassword) {
  World world;
  EXPECT_EQ(Patch(world, "/trash/8", kRestore).status, 204);
  EXPECT_EQ(Ids(world.Get("/users/8/roles")), "3");
  EXPECT_NO_THROW(world.Login("gone"));
  EXPECT_EQ(Patch(world, "/trash/8", kRestore).status, 404);
}

TEST(BeditaTrash, RestoresNobodyOntoATakenName) {
  World world;
  ASSERT_EQ(AddUser(world, R"({"username":"gone"})").status, 201);
  EXPECT_EQ(Told(Patch(world, "/trash/8", kRestore)),
            "400 Invalid data: [username.unique]: The provided value is invalid");
  EXPECT_EQ(Ids(world.Get("/trash")), "8");
}

TEST(BeditaTrash, RestoresOntoATakenUniqueNameUnderAnotherOne) {
  World world;
  ASSERT_EQ(AddUser(world, R"({"username":"other","uname":"gone"})").status, 201);
  EXPECT_EQ(Patch(world, "/trash/8", kRestore).status, 204);
  EXPECT_TRUE(world.Get("/users/8").At("data/attributes/uname").starts_with("user-gone-"));
}

TEST(BeditaTrash, PurgesForGood) {
  World world;
  world.Execute("UPDATE users SET bedita_body = 'personal', bedita_extra = '{}' WHERE id = 8");
  EXPECT_EQ(Remove(world, "/trash/8").status, 204);
  EXPECT_EQ(Remove(world, "/trash/8").status, 404);
  EXPECT_EQ(Ids(world.Get("/trash")), "");
  EXPECT_EQ(world.AskDatabase("SELECT CONCAT_WS('|', username, IFNULL(email, '-'),"
                              " IFNULL(bedita_uname, '-'), IFNULL(bedita_body, '-'),"
                              " IFNULL(bedita_extra, '-'), password_hash) FROM users WHERE id = 8"),
            "|-|-|-|-|");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM bedita_user_roles WHERE user_id = 8"), "0");
  EXPECT_EQ(AddUser(world, R"({"username":"gone","email":"gone@example.org"})").status, 201);
}

TEST(BeditaTrash, PurgesSeveralOfTheTrashAlone) {
  World world;
  Remove(world, "/users?ids=4,5");
  EXPECT_EQ(Remove(world, "/trash?ids=4,8,3,11,999").status, 204);
  EXPECT_EQ(Ids(world.Get("/trash")), "5");
  EXPECT_EQ(world.Get("/users/3").status, 200);
  EXPECT_EQ(world.AskDatabase("SELECT username FROM users WHERE id = 11"), "buried");
  EXPECT_EQ(Remove(world, "/trash?ids=999").status, 204);
}

TEST(BeditaTrash, PurgesOnlyWhatIsInIt) {
  World& world = World::Shared();
  for (const char* target : {"/trash/4", "/trash/11", "/trash/999", "/trash/gone"}) {
    EXPECT_EQ(Told(Remove(world, target)), "404 Record not found in table \"users\"") << target;
  }
}

}  // namespace
}  // namespace rosterd::bedita
