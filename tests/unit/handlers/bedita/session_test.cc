// What ends a user's tokens, and the own profile: contract sections 6.3, 6.4, 6.5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/person.h"
#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {
namespace {

using directory::EditExtras;
using directory::Outcome;

constexpr UserId kMara{2};

directory::Actor Operator() { return {"rosterctl", {}, "os:root", "", ""}; }

Reply Ping(World& world, const std::string& token) {
  return world.Send({.target = "/auth/user", .key = "", .bearer = token});
}

Reply Renew(World& world, const std::string& token) {
  return world.Send({.target = "/auth",
                     .method = "POST",
                     .body = R"({"grant_type":"refresh_token"})",
                     .bearer = token});
}

Reply Change(World& world, const std::string& token, const std::string& body) {
  return world.Send(
      {.target = "/auth/user", .method = "PATCH", .body = body, .key = "", .bearer = token});
}

void Edit(World& world, void (*change)(db::Person& person)) {
  const auto edit = [&](db::Session&, db::Person& person, EditExtras&) -> Outcome<std::monostate> {
    change(person);
    return std::monostate();
  };
  ASSERT_TRUE(world.Persons().Update(Operator(), kMara, edit));
}

TEST(BeditaSession, EndsWithTheUser) {
  World world;
  const TokenPair tokens = world.Login("mara");
  ASSERT_EQ(Ping(world, tokens.jwt).status, 200);
  ASSERT_TRUE(world.Persons().Delete(Operator(), kMara));
  EXPECT_EQ(Ping(world, tokens.jwt).Title(), "Request not authorized");
  EXPECT_EQ(Renew(world, tokens.renew).Title(), "Login request not successful");
  ASSERT_TRUE(world.Persons().Restore(Operator(), kMara));
  EXPECT_EQ(Ping(world, tokens.jwt).status, 401);
  EXPECT_EQ(Renew(world, tokens.renew).status, 401);
}

TEST(BeditaSession, EndsWithABlock) {
  World world;
  const TokenPair tokens = world.Login("mara");
  ASSERT_EQ(Ping(world, tokens.jwt).status, 200);
  Edit(world, [](db::Person& person) { person.blocked = true; });
  EXPECT_EQ(Ping(world, tokens.jwt).Title(), "Request not authorized");
  Edit(world, [](db::Person& person) { person.blocked = false; });
  EXPECT_EQ(Ping(world, tokens.jwt).status, 401);
  EXPECT_EQ(world.Send({.target = "/home", .as = "mara"}).status, 200);
}

TEST(BeditaSession, EndsWithTheStatus) {
  World world;
  const TokenPair tokens = world.Login("mara");
  Edit(world, [](db::Person& person) { person.status = db::Status::kPending; });
  EXPECT_EQ(Ping(world, tokens.jwt).status, 401);
  EXPECT_EQ(Renew(world, tokens.renew).status, 401);
}

TEST(BeditaSession, EndsWithAPasswordOfSomebodyElsesMaking) {
  World world;
  const TokenPair tokens = world.Login("mara");
  Edit(world, [](db::Person& person) { person.password = {"$argon2id$other", ""}; });
  EXPECT_EQ(Ping(world, tokens.jwt).Title(), "Request not authorized");
  EXPECT_EQ(Renew(world, tokens.renew).status, 401);
}

TEST(BeditaSession, FollowsRolesAtOnce) {
  World world;
  const TokenPair tokens = world.Login("mara");
  const Ask write{.target = "/roles",
                  .method = "POST",
                  .body = R"({"data":{"type":"roles","attributes":{"name":"one"}}})",
                  .key = "",
                  .bearer = tokens.jwt};
  EXPECT_EQ(world.Send(write).status, 403);
  EXPECT_EQ(world
                .Send({.target = "/users/2/relationships/roles",
                       .method = "POST",
                       .body = R"({"data":{"type":"roles","id":1}})",
                       .as = "bedita"})
                .status,
            200);
  EXPECT_EQ(world.Send(write).status, 201);
}

TEST(BeditaProfile, ShowsTheCallerWithItsRoles) {
  World& world = World::Shared();
  for (const char* target : {"/auth/user", "/auth"}) {
    const Reply reply = world.Get(target, "edith");
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.At("data/id"), "3");
    EXPECT_EQ(reply.At("data/attributes/username"), "edith");
    EXPECT_EQ(reply.At("data/relationships/roles/data/0/id"), "3");
    EXPECT_EQ(reply.At("included/0/attributes/name"), "editor");
    EXPECT_EQ(reply.At("links/self"), std::string("https://dir.example.org") + target);
  }
  EXPECT_EQ(world.Get("/auth/user", "paul").body.find("included"), std::string::npos);
  const Reply anonymous = world.Get("/auth/user");
  EXPECT_EQ(anonymous.status, 401);
  EXPECT_EQ(anonymous.Title(), "Authentication is required to continue");
}

TEST(BeditaProfile, ChangesTheCaller) {
  World world;
  const TokenPair tokens = world.Login("mara");
  const Reply reply = Change(world, tokens.jwt,
                             R"({"name":"Johnny","username":"x","email":"x@example.org",)"
                             R"("status":"off","uname":"x","locked":true,"password":""})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.At("data/attributes/name"), "Johnny");
  EXPECT_EQ(reply.At("data/attributes/title"), "Johnny");
  EXPECT_EQ(reply.At("data/attributes/username"), "mara");
  EXPECT_EQ(reply.At("data/attributes/email"), "mara@example.org");
  EXPECT_EQ(reply.At("data/attributes/status"), "on");
  EXPECT_EQ(reply.At("data/attributes/uname"), "user-mara");
  EXPECT_EQ(reply.At("data/meta/modified_by"), "2");
  EXPECT_EQ(reply.At("meta/jwt"), "");
}

TEST(BeditaProfile, SetsAnEmailWhereThereIsNone) {
  World world;
  const TokenPair tokens = world.Login("paul");
  const Reply reply = Change(world, tokens.jwt, R"({"email":"paul@example.org"})");
  EXPECT_EQ(reply.At("data/attributes/email"), "paul@example.org");
}

TEST(BeditaProfile, WantsTheOldPassword) {
  World world;
  const TokenPair tokens = world.Login("mara");
  EXPECT_EQ(Change(world, tokens.jwt, R"({"password":"a new one"})").Title(),
            "Missing current password");
  const Reply wrong = Change(world, tokens.jwt, R"({"password":"a new one","old_password":"x"})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.Title(), "Wrong password");
  EXPECT_EQ(Change(world, tokens.jwt, R"({"password":null,"name":"M"})").status, 200);
}

TEST(BeditaProfile, KeepsTheSessionThatChangedThePassword) {
  World world;
  const TokenPair mine = world.Login("mara");
  const TokenPair other = world.Login("mara");
  const Reply reply =
      Change(world, mine.jwt, R"({"password":"a new one","old_password":"mara-password"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Ping(world, mine.jwt).status, 200);
  EXPECT_EQ(Ping(world, other.jwt).status, 401);
  EXPECT_EQ(Renew(world, mine.renew).status, 401);
  EXPECT_EQ(Renew(world, other.renew).status, 401);
  const TokenPair fresh = world.Login("mara", "a new one");
  EXPECT_EQ(Renew(world, fresh.renew).status, 200);
}

TEST(BeditaProfile, KeepsAllSessionsWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.jwt_revoke_on_password_change = false;
  World world(settings);
  const TokenPair mine = world.Login("mara");
  const TokenPair other = world.Login("mara");
  ASSERT_EQ(
      Change(world, mine.jwt, R"({"password":"a new one","old_password":"mara-password"})").status,
      200);
  EXPECT_EQ(Ping(world, other.jwt).status, 200);
  EXPECT_EQ(Renew(world, mine.renew).status, 200);
}

TEST(BeditaProfile, CountsWrongOldPasswords) {
  config::Settings settings = World::Defaults();
  settings.throttle.sign_in_failures_per_account = 2;
  World world(settings);
  const TokenPair tokens = world.Login("mara");
  const std::string wrong = R"({"password":"a new one","old_password":"x"})";
  EXPECT_EQ(Change(world, tokens.jwt, wrong).status, 400);
  EXPECT_EQ(Change(world, tokens.jwt, wrong).status, 400);
  EXPECT_EQ(Change(world, tokens.jwt, R"({"password":"a new one","old_password":"mara-password"})")
                .status,
            429);
}

TEST(BeditaWrites, AreForAdministratorsAndWriters) {
  config::Settings settings = World::Defaults();
  settings.bedita.writers = {"manager"};
  World world(settings);
  const auto create = [&](const std::string& as, const std::string& name) {
    return world
        .Send({.target = "/users",
               .method = "POST",
               .body = R"({"data":{"type":"users","attributes":{"username":")" + name + R"("}}})",
               .as = as})
        .status;
  };
  EXPECT_EQ(create("", "one"), 401);
  EXPECT_EQ(create("edith", "one"), 403);
  EXPECT_EQ(create("mara", "one"), 201);
  EXPECT_EQ(create("bedita", "two"), 201);
}

TEST(BeditaWrites, AreUserOnesWithoutATokenOnLoopbackWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.anonymous_writes = true;
  World world(settings);
  Ask ask{.target = "/users",
          .method = "POST",
          .body = R"({"data":{"type":"users","attributes":{"username":"anon"}}})"};
  EXPECT_EQ(world.Send(ask).status, 401);
  ask.address = "127.0.0.1";
  const Reply reply = world.Send(ask);
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.At("data/meta/created_by"), "1");
}

}  // namespace
}  // namespace rosterd::bedita
