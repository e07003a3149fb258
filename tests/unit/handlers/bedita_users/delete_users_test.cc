#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

TEST(BeditaDeleteUsers, RefusesWhoIsProtected) {
  World& world = World::Shared();
  EXPECT_EQ(Told(Remove(world, "/users/1")), "403 Could not delete \"User\" 1");
  EXPECT_EQ(Told(Remove(world, "/users/10")), "403 Operation not allowed on \"locked\" objects");
  EXPECT_EQ(Told(Remove(world, "/users/8")), "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Remove(world, "/users/999")), "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Remove(world, "/users/99999999999999999999")),
            "404 Record not found in table \"users\"");
}

TEST(BeditaDeleteUsers, LetsNobodyDeleteHimself) {
  World world;
  world.Execute("INSERT INTO bedita_user_roles (user_id, role_id) VALUES (4, 1)");
  EXPECT_EQ(Told(Remove(world, "/users/4", "paul")),
            "400 Logged users cannot delete their own account");
}

TEST(BeditaDeleteUsers, EndsTheUserEverywhere) {
  World world;
  const TokenPair pair = world.Login("paul");
  EXPECT_EQ(Remove(world, "/users/paul").status, 204);
  EXPECT_EQ(world.Get("/users/4").status, 404);
  EXPECT_EQ(world.Send({.target = "/users", .bearer = pair.jwt}).status, 401);
  EXPECT_EQ(world.Get("/trash/4").status, 200);
}

TEST(BeditaDeleteUsers, FreesTheNames) {
  World world;
  Remove(world, "/users/4");
  const Reply reply = AddUser(world, R"({"username":"paul","uname":"paul"})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.At("data/attributes/uname"), "paul");
}

TEST(BeditaDeleteUsers, DeletesSeveralAtOnce) {
  World world;
  EXPECT_EQ(Remove(world, "/users?ids=4,5,999,abc").status, 204);
  EXPECT_EQ(Ids(world.Get("/trash")), "4 5 8");
}

TEST(BeditaDeleteUsers, DeletesNobodyWhenOneIsProtected) {
  World world;
  EXPECT_EQ(Told(Remove(world, "/users?ids=4,5,10")),
            "403 Operation not allowed on \"locked\" objects");
  EXPECT_EQ(Told(Remove(world, "/users?ids=4,1")), "403 Could not delete \"User\" 1");
  EXPECT_EQ(Ids(world.Get("/trash")), "8");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM audit WHERE action = 'user.delete'"), "0");
}

TEST(BeditaDeleteUsers, NeedsIds) {
  World& world = World::Shared();
  for (const char* target :
       {"/users", "/users?ids=", "/users?ids=,", "/trash", "/trash?ids=", "/roles?ids"}) {
    EXPECT_EQ(Told(Remove(world, target)), "400 Missing required parameter \"ids\"") << target;
  }
  std::string many = "/users?ids=1000";
  for (int i = 0; i < 500; ++i) many += "," + std::to_string(2000 + i);
  EXPECT_EQ(Remove(world, many).status, 400);
}

}  // namespace
}  // namespace rosterd::bedita
