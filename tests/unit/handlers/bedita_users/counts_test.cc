#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

std::string Count(World& world, const std::string& list) {
  return world.Get(list, "bedita").At("meta/pagination/count");
}

/// Compares each list with a count of the rows, and the tallies with theirs.
void ExpectExact(World& world, const std::string& after) {
  const std::vector<std::pair<std::string, std::string>> lists = {
      {"/users?page_size=1", "deleted_at IS NULL"},
      {"/users?page_size=1&filter[status]=draft", "deleted_at IS NULL AND status = 'pending'"},
      {"/users?page_size=1&filter[blocked]=1", "deleted_at IS NULL AND blocked = 1"},
      {"/users?page_size=1&filter[city]=Bologna", "deleted_at IS NULL AND bedita_city = 'Bologna'"},
      {"/roles/2/users?page_size=1",
       "deleted_at IS NULL AND id IN (SELECT user_id FROM bedita_user_roles WHERE role_id = 2)"},
      {"/trash?page_size=1",
       "deleted_at IS NOT NULL AND LENGTH(username) > 0 AND bedita_locked = 0"},
  };
  for (const auto& [list, condition] : lists) {
    EXPECT_EQ(Count(world, list),
              world.AskDatabase("SELECT COUNT(*) FROM users WHERE " + condition))
        << list << " after " << after;
  }
  EXPECT_EQ(world.Database().CorrectTallies(), 0U) << after;
}

TEST(BeditaCounts, AreExactAfterEveryKindOfWrite) {
  World world;
  const auto expect = [&](const Reply& reply, const std::string& after) {
    EXPECT_LT(reply.status, 300) << reply.body;
    ExpectExact(world, after);
  };
  ExpectExact(world, "the start");
  expect(AddUser(world, R"({"username":"new","city":"Bologna"})"), "create");
  expect(ChangeUser(world, "4", R"({"status":"draft"})"), "a draft");
  expect(ChangeUser(world, "4", R"({"status":"off"})"), "off");
  expect(ChangeUser(world, "4", R"({"city":"Bologna"})"), "a city");
  expect(Post(world, "/roles/2/relationships/users", R"({"data":[{"id":"4","type":"users"}]})"),
         "a role");
  expect(Remove(world, "/users/4"), "delete");
  expect(Remove(world, "/users?ids=5,6"), "delete of two");
  expect(Patch(world, "/trash/4", R"({"data":{"id":"4","type":"users"}})"), "restore");
  expect(Remove(world, "/trash/5"), "purge");
  expect(Remove(world, "/roles/3"), "delete of a role");
}

TEST(BeditaCounts, FollowTheLevelOfStatus) {
  config::Settings settings = World::Defaults();
  settings.bedita.status_level = "on";
  World world(settings);
  EXPECT_EQ(Count(world, "/users?page_size=1"), "7");
  world.Execute("UPDATE users SET status = 'pending' WHERE id = 4");
  EXPECT_EQ(Count(world, "/users?page_size=1"), "6");
}

TEST(BeditaCounts, OfWhatSignInsWriteAreNeverRemembered) {
  World world;
  const std::string list = "/users?page_size=1&filter[num_login_err][gt]=0";
  const auto fail = [&](const std::string& username) {
    world.Send({.target = "/auth",
                .method = "POST",
                .body = R"({"username":")" + username + R"(","password":"wrong"})"});
  };
  fail("paul");
  EXPECT_EQ(Count(world, list), "1");
  fail("mara");
  EXPECT_EQ(Count(world, list), "2");
}

// The same list three times is an answer that the worker knows.
TEST(BeditaCounts, ComeWithWhatWasWrittenSince) {
  World world;
  const auto expect = [&](const std::string& path, const std::string& text) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(world.Get("/users?filter[id]=4", "bedita").At("data/0/" + path), text);
    }
  };
  const std::string username = world.Get("/users/4", "bedita").At("data/attributes/username");
  const auto sign_in = [&](const std::string& password) {
    const Reply reply = world.Send(
        {.target = "/auth",
         .method = "POST",
         .body = R"({"username":")" + username + R"(","password":")" + password + R"("})"});
    return reply.status;
  };
  expect("attributes/title", world.Get("/users/4", "bedita").At("data/attributes/title"));
  ChangeUser(world, "4", R"({"title":"Another","password":"Sign-in-77"})");
  expect("attributes/title", "Another");
  EXPECT_EQ(sign_in("wrong"), 401);
  expect("meta/num_login_err", "1");
  EXPECT_EQ(sign_in("Sign-in-77"), 200);
  expect("meta/num_login_err", "0");
}

}  // namespace
}  // namespace rosterd::bedita
