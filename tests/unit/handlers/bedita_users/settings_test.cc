#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

TEST(BeditaSettings, HideUsersByStatus) {
  config::Settings settings = World::Defaults();
  settings.bedita.status_level = "on";
  World world(settings);
  EXPECT_EQ(Ids(world.Get("/users")), "1 2 3 4 7 9 10");
  EXPECT_EQ(world.Get("/users/5").status, 404);
  EXPECT_EQ(Told(ChangeUser(world, "4", R"({"status":"off"})")),
            "400 Status \"off\" is not consistent with configured Status.level \"on\"");
  EXPECT_EQ(AddUser(world, R"({"username":"new"})").At("data/attributes/status"), "on");
}

TEST(BeditaSettings, HideUsersThatAreOff) {
  config::Settings settings = World::Defaults();
  settings.bedita.status_level = "draft";
  World world(settings);
  EXPECT_EQ(Ids(world.Get("/users")), "1 2 3 4 5 7 9 10");
}

TEST(BeditaSettings, LetNobodyChangeWhoIsHidden) {
  config::Settings settings = World::Defaults();
  settings.bedita.status_level = "on";
  World world(settings);
  EXPECT_EQ(Remove(world, "/users?ids=4,5,6").status, 204);
  EXPECT_EQ(Ids(world.Get("/trash")), "4 8");
  EXPECT_EQ(Told(Remove(world, "/users/6")), "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(Post(world, "/roles/3/relationships/users", Identifiers("users", {6}))),
            "404 Record not found in table \"users\"");
  world.Execute("INSERT INTO bedita_user_roles (user_id, role_id) VALUES (6, 3)");
  EXPECT_EQ(Patch(world, "/roles/3/relationships/users", R"({"data":[]})").status, 200);
  EXPECT_EQ(world.AskDatabase("SELECT user_id FROM bedita_user_roles WHERE role_id = 3"), "6");
}

TEST(BeditaSettings, LimitWhatStrangersSee) {
  config::Settings settings = World::Defaults();
  settings.bedita.anonymous_fields = {"username", "title"};
  World world(settings);
  const Reply stranger = world.Get("/users/3");
  EXPECT_EQ(stranger.At("data/attributes/username"), "edith");
  EXPECT_EQ(stranger.At("data/attributes/email"), "");
  EXPECT_EQ(world.Get("/users/3?fields=email").At("data/attributes/email"), "");
  EXPECT_EQ(world.Get("/users/3?fields=username").At("data/meta"), "");
  EXPECT_EQ(world.Get("/users?filter[email]=x").status, 400);
  EXPECT_EQ(world.Get("/users?sort=email").status, 400);
  EXPECT_EQ(Ids(world.Get("/users?q=example.org")), "9");
  EXPECT_EQ(world.Get("/roles/3?include=users").At("included/0/attributes/email"), "");
  EXPECT_EQ(world.Get("/users/3", "paul").At("data/attributes/email"), "Edith@Example.org");
}

TEST(BeditaSettings, ShowIdsOfUsersAsNumbers) {
  config::Settings settings = World::Defaults();
  settings.bedita.numeric_user_ids = true;
  World world(settings);
  EXPECT_NE(world.Get("/users/3").body.find(R"("id":3,)"), std::string::npos);
  EXPECT_NE(world.Get("/roles/3").body.find(R"("id":"3")"), std::string::npos);
}

TEST(BeditaSettings, GiveNewUsersStatusAndLanguage) {
  config::Settings settings = World::Defaults();
  settings.bedita.new_user_status = "on";
  settings.bedita.default_lang = "it";
  World world(settings);
  const Reply reply = AddUser(world, R"({"username":"new"})");
  EXPECT_EQ(reply.At("data/attributes/status"), "on");
  EXPECT_EQ(reply.At("data/attributes/lang"), "it");
  EXPECT_EQ(AddUser(world, R"({"username":"other","lang":null})").At("data/attributes/lang"),
            "null");
}

TEST(BeditaSettings, RequireMoreOfNewUsers) {
  config::Settings settings = World::Defaults();
  settings.bedita.required_user_fields = {"username", "password", "uname"};
  World world(settings);
  EXPECT_EQ(Told(AddUser(world, R"({"username":"new","password":"secret"})")),
            "400 Invalid data: [uname._required]: This field is required");
}

TEST(BeditaSettings, SizePages) {
  config::Settings settings = World::Defaults();
  settings.bedita.page_size = 3;
  settings.bedita.max_page_size = 5;
  World world(settings);
  EXPECT_EQ(world.Get("/users").At("meta/pagination/page_size"), "3");
  EXPECT_EQ(world.Get("/users?page_size=100").At("meta/pagination/page_size"), "5");
}

TEST(BeditaSettings, KeepTheNamesOfTheDeleted) {
  config::Settings settings = World::Defaults();
  settings.directory.reserve_deleted_names = true;
  World world(settings);
  Remove(world, "/users/4");
  EXPECT_EQ(Told(AddUser(world, R"({"username":"paul"})")),
            "400 Invalid data: [username.unique]: The provided value is invalid");
  EXPECT_TRUE(AddUser(world, R"({"username":"other","uname":"paul"})")
                  .At("data/attributes/uname")
                  .starts_with("user-paul-"));
}

}  // namespace
}  // namespace rosterd::bedita
