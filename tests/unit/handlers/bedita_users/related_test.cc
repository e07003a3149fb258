#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

constexpr const char* kRolesOfPaul = "/users/4/relationships/roles";

TEST(BeditaRelated, ListsBothSides) {
  World& world = World::Shared();
  EXPECT_EQ(Ids(world.Get("/users/2/roles")), "2");
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "");
  EXPECT_EQ(Ids(world.Get("/roles/3/users")), "3");
  EXPECT_EQ(Ids(world.Get("/roles/editor/users?fields=username")), "3");
  EXPECT_EQ(world.Get("/roles/3/users").At("links/available"), "https://dir.example.org/users");
  EXPECT_EQ(Told(world.Get("/users/8/roles")), "404 Record not found in table \"users\"");
  EXPECT_EQ(Told(world.Get("/roles/99/users")), "404 Record not found in table \"roles\"");
}

TEST(BeditaRelated, ListsIdentifiers) {
  World& world = World::Shared();
  const Reply reply = world.Get("/users/2/relationships/roles");
  EXPECT_EQ(Ids(reply), "2");
  EXPECT_EQ(reply.At("data/0/type"), "roles");
  EXPECT_EQ(reply.At("data/0/links/self"), "https://dir.example.org/roles/2");
  EXPECT_EQ(reply.body.find("attributes"), std::string::npos);
  EXPECT_EQ(reply.body.find("schema"), std::string::npos);
  EXPECT_EQ(reply.At("meta/pagination/count"), "1");
  EXPECT_EQ(Ids(world.Get("/roles/1/relationships/users")), "1");
}

TEST(BeditaRelated, KnowsNoOtherNames) {
  World& world = World::Shared();
  EXPECT_EQ(Told(world.Get("/users/4/relationships/parents")),
            "404 Relationship \"parents\" does not exist");
  EXPECT_EQ(Told(world.Get("/users/4/parents")), "404 Relationship \"parents\" does not exist");
  EXPECT_EQ(Told(Post(world, "/users/4/relationships/users", Identifiers("users", {1}))),
            "404 Relationship \"users\" does not exist");
  EXPECT_EQ(Told(Patch(world, "/roles/1/relationships/roles", "{}")),
            "404 Relationship \"roles\" does not exist");
}

TEST(BeditaRelated, Adds) {
  World world;
  EXPECT_EQ(Post(world, kRolesOfPaul, Identifiers("roles", {2, 3, 2})).status, 200);
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "2 3");
  EXPECT_EQ(Post(world, kRolesOfPaul, Identifiers("roles", {2})).status, 204);
  EXPECT_EQ(Post(world, kRolesOfPaul, R"({"data":[]})").status, 204);
  EXPECT_EQ(Post(world, "/roles/1/relationships/users", Identifiers("users", {4, 5})).status, 200);
  EXPECT_EQ(Ids(world.Get("/roles/1/users")), "1 4 5");
}

TEST(BeditaRelated, Replaces) {
  World world;
  Post(world, kRolesOfPaul, Identifiers("roles", {2}));
  EXPECT_EQ(Patch(world, kRolesOfPaul, Identifiers("roles", {1, 3})).status, 200);
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "1 3");
  EXPECT_EQ(Patch(world, kRolesOfPaul, Identifiers("roles", {3, 1})).status, 204);
  EXPECT_EQ(Patch(world, kRolesOfPaul, R"({"data":null})").status, 200);
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "");
  EXPECT_EQ(Patch(world, kRolesOfPaul, R"({"data":[]})").status, 204);
}

TEST(BeditaRelated, ReplacesUsersWithoutThoseInTheTrash) {
  World world;
  EXPECT_EQ(Patch(world, "/roles/3/relationships/users", Identifiers("users", {4})).status, 200);
  EXPECT_EQ(Ids(world.Get("/roles/3/users")), "4");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM bedita_user_roles WHERE user_id = 8"), "1");
}

TEST(BeditaRelated, Removes) {
  World world;
  EXPECT_EQ(
      Remove(world, "/roles/2/relationships/users", "bedita", Identifiers("users", {2})).status,
      200);
  EXPECT_EQ(
      Remove(world, "/roles/2/relationships/users", "bedita", Identifiers("users", {2})).status,
      204);
}

TEST(BeditaRelated, RefusesAndChangesNothing) {
  World world;
  for (const char* method : {"POST", "PATCH", "DELETE"}) {
    const auto send = [&](const std::string& target, const std::string& body) {
      return Told(world.Send({.target = target, .method = method, .body = body, .as = "bedita"}));
    };
    EXPECT_EQ(send(kRolesOfPaul, Identifiers("roles", {2, 99})),
              "404 Record not found in table \"roles\"");
    EXPECT_EQ(send("/roles/2/relationships/users", Identifiers("users", {4, 8})),
              "404 Record not found in table \"users\"");
    EXPECT_EQ(send("/users/99/relationships/roles", Identifiers("roles", {2})),
              "404 Record not found in table \"users\"");
    EXPECT_EQ(send(kRolesOfPaul, Identifiers("users", {2})), "409 Unsupported resource type");
    EXPECT_EQ(send(kRolesOfPaul, "{}"), "400 Invalid JSON input");
    EXPECT_EQ(send(kRolesOfPaul, ""), "400 Invalid JSON input");
    EXPECT_EQ(send(kRolesOfPaul, R"({"data":[{"type":"roles"}]})"),
              "400 Bad JSON API input: Key `id` is mandatory");
    EXPECT_EQ(send(kRolesOfPaul, R"({"data":{"type":"roles","id":"x"}})"),
              "404 Record not found in table \"roles\"");
  }
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "");
  EXPECT_EQ(Ids(world.Get("/roles/2/users")), "2");
}

TEST(BeditaRelated, LeavesTheFirstAdministrator) {
  World world;
  const std::string refused =
      "403 Could not update relationship for users/roles for ADMIN_USER and ADMIN_ROLE";
  EXPECT_EQ(
      Told(Remove(world, "/users/1/relationships/roles", "bedita", Identifiers("roles", {1}))),
      refused);
  EXPECT_EQ(Told(Patch(world, "/users/1/relationships/roles", R"({"data":[]})")), refused);
  EXPECT_EQ(Told(Patch(world, "/roles/1/relationships/users", Identifiers("users", {4}))), refused);
  EXPECT_EQ(Ids(world.Get("/roles/1/users")), "1");
}

TEST(BeditaRelated, NeedsAWriter) {
  World& world = World::Shared();
  const std::string body = Identifiers("roles", {3});
  EXPECT_EQ(world.Send({.target = kRolesOfPaul, .method = "POST", .body = body}).status, 401);
  EXPECT_EQ(Post(world, kRolesOfPaul, body, "edith").status, 403);
}

TEST(BeditaRelated, LeavesModifiedAlone) {
  World world;
  Post(world, kRolesOfPaul, Identifiers("roles", {3}));
  EXPECT_EQ(world.Get("/users/4").At("data/meta/modified"), "2026-01-08T00:00:00+00:00");
}

TEST(BeditaRelated, CountsAtOnceAndIsAudited) {
  World world;
  const TokenPair pair = world.Login("paul");
  const Ask ask{.target = "/roles",
                .method = "POST",
                .body = R"({"data":{"type":"roles","attributes":{"name":"made by paul"}}})",
                .bearer = pair.jwt};
  EXPECT_EQ(world.Send(ask).status, 403);
  Post(world, kRolesOfPaul, Identifiers("roles", {1}));
  EXPECT_EQ(world.Send(ask).status, 201);
  Remove(world, kRolesOfPaul, "bedita", Identifiers("roles", {1}));
  EXPECT_EQ(world.Send({.target = "/roles/3", .method = "DELETE", .bearer = pair.jwt}).status, 403);
  EXPECT_EQ(world.AskDatabase("SELECT GROUP_CONCAT(CONCAT(action, ' ', fields) ORDER BY id) FROM"
                              " audit WHERE user_id = 4 AND action LIKE 'role.%'"),
            "role.grant role 1,role.revoke role 1");
}

// A World has one connection, so the other write comes from a thread with a session of its own.
TEST(BeditaRelated, WaitsForAnotherWriteOfTheSameUser) {
  World world;
  db::Connection other(world.Database().Settings());
  std::thread writer;
  const auto held = other.Transaction([&](db::Session& session) -> db::StoreResult<bool> {
    session.Query("SELECT id FROM users WHERE id = 4 FOR UPDATE");
    session.Execute("INSERT INTO bedita_user_roles (user_id, role_id) VALUES (4, 2)");
    writer = std::thread(
        [&] { EXPECT_EQ(Patch(world, kRolesOfPaul, Identifiers("roles", {3})).status, 200); });
    return true;
  });
  ASSERT_TRUE(held);
  writer.join();
  EXPECT_EQ(Ids(world.Get("/users/4/roles")), "3");
}

}  // namespace
}  // namespace rosterd::bedita
