#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

TEST(BeditaUpdateUser, NeedsTheIdOfThePath) {
  World& world = World::Shared();
  for (const char* body :
       {R"({"data":{"type":"users","id":"5"}})", R"({"data":{"type":"users"}})",
        R"({"data":{"type":"users","id":"x"}})", R"({"data":{"type":"users","id":null}})",
        R"({"data":{"type":"users","id":["4"]}})", R"({"data":{"type":"users","id":true}})"}) {
    EXPECT_EQ(Told(Patch(world, "/users/4", body)), "409 IDs don't match") << body;
  }
  EXPECT_EQ(Told(Patch(world, "/users/4", R"({"data":{"type":"roles","id":"4"}})")),
            "409 Unsupported resource type");
  EXPECT_EQ(Told(Patch(world, "/users/4", "")), "400 Invalid JSON input");
  EXPECT_EQ(Patch(world, "/users/8", R"({"data":{"type":"users","id":"8"}})").status, 404);
  EXPECT_EQ(Patch(world, "/users/999", R"({"data":{"type":"users","id":"999"}})").status, 404);
}

TEST(BeditaUpdateUser, FindsTheUserByItsUniqueName) {
  World world;
  const Reply reply = Patch(world, "/users/paul",
                            R"({"data":{"type":"users","id":4,"attributes":{"city":"Rome"}}})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.At("data/attributes/city"), "Rome");
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/users/paul");
  EXPECT_EQ(reply.At("data/relationships/roles/links/related"),
            "https://dir.example.org/users/4/roles");
}

TEST(BeditaUpdateUser, MovesModifiedOnlyWithAChange) {
  World world;
  world.Execute("UPDATE users SET bedita_modified_by = 3 WHERE id = 4");
  EXPECT_EQ(ChangeUser(world, "4", R"({"username":"paul","uname":"paul","city":null})")
                .At("data/meta/modified"),
            "2026-01-08T00:00:00+00:00");
  EXPECT_EQ(world.Get("/users/4").At("data/meta/modified_by"), "3");
  const Reply changed = ChangeUser(world, "4", R"({"city":"Rome"})");
  EXPECT_NE(changed.At("data/meta/modified"), "2026-01-08T00:00:00+00:00");
  EXPECT_EQ(changed.At("data/meta/modified_by"), "1");
}

TEST(BeditaUpdateUser, TakesBackWhatItShows) {
  World world;
  const Reply shown = world.Get("/users/3");
  const size_t begin = shown.body.find(R"("attributes":)") + 13;
  const size_t end = shown.body.find(R"(,"meta":)");
  const Reply reply = ChangeUser(world, "3", shown.body.substr(begin, end - begin));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body.substr(0, reply.body.find("\"links\"")),
            shown.body.substr(0, shown.body.find("\"links\"")));
}

TEST(BeditaUpdateUser, OverwritesTheTitleWithANewName) {
  World world;
  EXPECT_EQ(ChangeUser(world, "3", R"({"name":"Ed"})").At("data/attributes/title"), "Ed Writer");
  EXPECT_EQ(ChangeUser(world, "3", R"({"title":"Own"})").At("data/attributes/title"), "Own");
  EXPECT_EQ(ChangeUser(world, "3", R"({"name":"Edith","title":"Own"})").At("data/attributes/title"),
            "Edith Writer");
  EXPECT_EQ(ChangeUser(world, "3", R"({"name":null,"surname":null})").At("data/attributes/title"),
            "");
}

TEST(BeditaUpdateUser, FollowsADisplayNameThatAnotherDialectGave) {
  World world;
  ChangeUser(world, "3", R"({"title":"Own"})");
  world.Execute("UPDATE users SET display_name = 'Theirs' WHERE id = 3");
  EXPECT_EQ(world.Get("/users/3").At("data/attributes/title"), "Theirs");
}

TEST(BeditaUpdateUser, ShowsPersonsOfOtherDialects) {
  World world;
  world.Execute("UPDATE users SET first_name = 'Ann', last_name = 'Shop' WHERE id = 9");
  const Reply reply = world.Get("/users/9");
  EXPECT_EQ(reply.At("data/attributes/uname"), "user-9");
  EXPECT_EQ(reply.At("data/attributes/title"), "Ann Shop");
  EXPECT_EQ(reply.At("data/attributes/status"), "on");
  EXPECT_EQ(world.Get("/users/user-9").At("data/id"), "9");
}

TEST(BeditaUpdateUser, MakesAUniqueNameOfAnEmptyOne) {
  World world;
  EXPECT_EQ(ChangeUser(world, "4", R"({"uname":""})").At("data/attributes/uname"), "user-paul");
  EXPECT_EQ(ChangeUser(world, "4", R"({"uname":null})").At("data/attributes/uname"), "user-paul");
  EXPECT_EQ(ChangeUser(world, "4", R"({"uname":"New Name"})").At("data/attributes/uname"),
            "new-name");
  EXPECT_TRUE(ChangeUser(world, "4", R"({"uname":"dora"})")
                  .At("data/attributes/uname")
                  .starts_with("user-dora-"));
}

TEST(BeditaUpdateUser, LeavesThePasswordWhenAnEmptyOneIsSent) {
  World world;
  EXPECT_EQ(ChangeUser(world, "4", R"({"password":"","confirm-password":""})").status, 200);
  EXPECT_EQ(ChangeUser(world, "4", R"({"password":null})").status, 200);
  EXPECT_NO_THROW(world.Login("paul"));
  EXPECT_EQ(ChangeUser(world, "4", R"({"password_hash":"another one"})").status, 200);
  EXPECT_NO_THROW(world.Login("paul", "another one"));
  EXPECT_NE(world.Get("/users/4").At("data/meta/password_modified"), "2026-01-05T10:00:00+00:00");
}

TEST(BeditaUpdateUser, EndsSessionsWithANewPassword) {
  World world;
  const TokenPair pair = world.Login("paul");
  ChangeUser(world, "4", R"({"password":"another one"})");
  EXPECT_EQ(world.Send({.target = "/users/4", .bearer = pair.jwt}).status, 401);
}

TEST(BeditaUpdateUser, RefusesTakenNames) {
  World& world = World::Shared();
  EXPECT_EQ(Told(ChangeUser(world, "4", R"({"username":"Dora","email":"edith@example.ORG"})")),
            "400 Invalid data: [username.unique]: The provided value is invalid "
            "[email.unique]: The provided value is invalid");
  EXPECT_EQ(ChangeUser(world, "4", R"({"username":"paul"})").status, 200);
}

TEST(BeditaUpdateUser, EmptiesWhatIsSentAsNull) {
  World world;
  ChangeUser(world, "3", R"({"city":"Rome","company":true,"extra":{"a":1},"birthdate":"2000"})");
  const Reply reply = ChangeUser(
      world, "3",
      R"({"city":null,"company":null,"extra":null,"birthdate":"","email":"","name":null})");
  for (const std::string name : {"city", "extra", "birthdate", "email", "name"}) {
    EXPECT_EQ(reply.At("data/attributes/" + name), "null") << name;
  }
  EXPECT_EQ(reply.At("data/attributes/company"), "false");
  EXPECT_EQ(Told(ChangeUser(world, "3", R"({"status":null})")),
            "400 Invalid data: [status._empty]: This field cannot be left empty");
  EXPECT_EQ(Told(ChangeUser(world, "3", R"({"username":null})")),
            "400 Invalid data: [username._empty]: This field cannot be left empty");
}

TEST(BeditaUpdateUser, BlocksAndLocksByMeta) {
  World world;
  const auto meta = [&](const std::string& id, const std::string& flags, const std::string& as) {
    return Patch(world, "/users/" + id,
                 R"({"data":{"id":")" + id + R"(","type":"users","meta":)" + flags + "}}", as);
  };
  EXPECT_EQ(meta("4", R"({"blocked":true,"locked":true})", "bedita").At("data/meta/blocked"),
            "true");
  EXPECT_EQ(world.Get("/users/4").At("data/meta/locked"), "true");
  EXPECT_EQ(meta("4", R"({"blocked":false,"locked":false})", "bedita").At("data/meta/locked"),
            "false");
  EXPECT_EQ(meta("1", R"({"blocked":true})", "bedita").At("data/meta/blocked"), "false");
}

TEST(BeditaUpdateUser, IgnoresMetaInAttributes) {
  World world;
  const Reply reply = ChangeUser(world, "4", R"({"blocked":true,"locked":true,"created_by":9})");
  EXPECT_EQ(reply.At("data/meta/blocked"), "false");
  EXPECT_EQ(reply.At("data/meta/locked"), "false");
  EXPECT_EQ(reply.At("data/meta/created_by"), "1");
}

TEST(BeditaUpdateUser, KeepsALockedUserInItsPlace) {
  World world;
  const std::string refused = "403 Operation not allowed on \"locked\" objects";
  EXPECT_EQ(Told(ChangeUser(world, "10", R"({"status":"off"})")), refused);
  EXPECT_EQ(Told(ChangeUser(world, "10", R"({"uname":"other"})")), refused);
  EXPECT_EQ(Told(Remove(world, "/users/10")), refused);
  EXPECT_EQ(ChangeUser(world, "10", R"({"status":"on","uname":"lock","city":"Rome"})").status, 200);
  EXPECT_EQ(Patch(world, "/users/10",
                  R"({"data":{"id":"10","type":"users","attributes":{"status":"off"},
                      "meta":{"locked":false}}})")
                .At("data/attributes/status"),
            "off");
}

TEST(BeditaUpdateUser, KeepsWhatOtherDialectsCallHidden) {
  World world;
  world.Execute("UPDATE users SET status = 'hidden' WHERE id = 6");
  EXPECT_EQ(
      ChangeUser(world, "6", R"({"status":"off","city":"Rome"})").At("data/attributes/status"),
      "off");
  EXPECT_EQ(world.AskDatabase("SELECT status FROM users WHERE id = 6"), "hidden");
}

}  // namespace
}  // namespace rosterd::bedita
