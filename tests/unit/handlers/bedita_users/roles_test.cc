#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

Reply AddRole(World& world, const std::string& attributes) {
  return Post(world, "/roles", R"({"data":{"type":"roles","attributes":)" + attributes + "}}");
}

Reply ChangeRole(World& world, const std::string& id, const std::string& attributes,
                 const std::string& as = "bedita") {
  return Patch(world, "/roles/" + id,
               R"({"data":{"id":")" + id + R"(","type":"roles","attributes":)" + attributes + "}}",
               as);
}

config::Settings WritersOf(const std::string& role) {
  config::Settings settings = World::Defaults();
  settings.bedita.writers = {role};
  return settings;
}

TEST(BeditaRoles, AreShownAsTheContractHasThem) {
  World& world = World::Shared();
  const Reply list = world.Get("/roles");
  EXPECT_EQ(Ids(list), "1 2 3");
  EXPECT_EQ(list.At("data/0/attributes/name"), "admin");
  EXPECT_EQ(list.At("data/0/attributes/description"), "Administrators role");
  EXPECT_EQ(list.At("data/0/attributes/unchangeable"), "true");
  EXPECT_EQ(list.At("data/0/attributes/created"), "2026-01-05T10:00:00+00:00");
  EXPECT_EQ(list.At("data/0/meta/unchangeable"), "true");
  EXPECT_EQ(list.At("data/0/meta/priority"), "0");
  EXPECT_EQ(list.At("data/0/links/self"), "https://dir.example.org/roles/1");
  EXPECT_EQ(list.At("data/0/relationships/users/links/related"),
            "https://dir.example.org/roles/1/users");
  EXPECT_EQ(list.At("meta/schema/roles/$id"), "https://dir.example.org/model/schema/roles");

  const Reply one = world.Get("/roles/admin");
  EXPECT_EQ(one.At("data/id"), "1");
  EXPECT_EQ(one.At("links/self"), "https://dir.example.org/roles/admin");
  EXPECT_EQ(Told(world.Get("/roles/nope")), "404 Record not found in table \"roles\"");
  EXPECT_EQ(Told(world.Get("/roles/99")), "404 Record not found in table \"roles\"");
}

TEST(BeditaRoles, AreFoundByNamesWithBlanks) {
  World world;
  ASSERT_EQ(AddRole(world, R"({"name":"first role"})").status, 201);
  EXPECT_EQ(world.Get("/roles/first%20role").At("data/attributes/name"), "first role");
  EXPECT_EQ(world.Get("/roles/first+role").At("data/attributes/name"), "first role");
}

TEST(BeditaRoles, AreMade) {
  World world;
  const Reply reply = AddRole(world, R"({"name":"writer","description":"may write","priority":1,
                                         "unchangeable":true})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.Header("Location"), "https://dir.example.org/roles/" + reply.At("data/id"));
  EXPECT_EQ(reply.At("data/attributes/description"), "may write");
  EXPECT_EQ(reply.At("data/meta/priority"), "100");
  EXPECT_EQ(reply.At("data/meta/unchangeable"), "false");
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/roles");
}

TEST(BeditaRoles, AreRefused) {
  World& world = World::Shared();
  EXPECT_EQ(Told(Post(world, "/roles", "")),
            "400 Invalid data: [name._required]: This field is required");
  EXPECT_EQ(Told(AddRole(world, R"({"name":""})")),
            "400 Invalid data: [name._empty]: This field cannot be left empty");
  EXPECT_EQ(Told(AddRole(world, R"({"name":"first-role"})")),
            "400 Invalid data: [name.regex]: The provided value is invalid");
  EXPECT_EQ(Told(AddRole(world, R"({"name":"Editor"})")),
            "400 Invalid data: [name.unique]: The provided value is invalid");
  EXPECT_EQ(Told(Post(world, "/roles", R"({"data":{"type":"users"}})")),
            "409 Unsupported resource type");
  EXPECT_EQ(Told(Post(world, "/roles", R"({"data":{"type":"roles","id":"9"}})")),
            "403 Client-generated IDs are not supported");
  EXPECT_EQ(world.Send({.target = "/roles", .method = "POST", .body = "{}"}).status, 401);
}

TEST(BeditaRoles, AreChanged) {
  World world;
  const Reply reply = ChangeRole(world, "2", R"({"description":"may edit pages"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.At("data/attributes/name"), "manager");
  EXPECT_EQ(reply.At("data/attributes/description"), "may edit pages");
  EXPECT_NE(reply.At("data/meta/modified"), "2026-01-05T10:00:00+00:00");
  EXPECT_EQ(ChangeRole(world, "2", R"({"description":null})").At("data/attributes/description"),
            "null");
  EXPECT_EQ(ChangeRole(world, "3", R"({"name":"Editor"})").At("data/attributes/name"), "Editor");
  EXPECT_EQ(Told(ChangeRole(world, "3", R"({"name":"manager"})")),
            "400 Invalid data: [name.unique]: The provided value is invalid");
  EXPECT_EQ(ChangeRole(world, "1", R"({"description":"x"})").status, 200);
  EXPECT_EQ(Told(Patch(world, "/roles/2", R"({"data":{"id":"3","type":"roles"}})")),
            "409 IDs don't match");
  EXPECT_EQ(Patch(world, "/roles/manager", R"({"data":{"id":2,"type":"roles"}})").status, 200);
  EXPECT_EQ(ChangeRole(world, "99", "{}").status, 404);
}

TEST(BeditaRoles, AreDeletedWithTheirLinks) {
  World world;
  EXPECT_EQ(Told(Remove(world, "/roles/1")), "403 Could not delete \"Role\" 1");
  EXPECT_EQ(Told(Remove(world, "/roles?ids=3,1")), "403 Could not delete \"Role\" 1");
  EXPECT_EQ(Remove(world, "/roles/editor").status, 204);
  EXPECT_EQ(Remove(world, "/roles/3").status, 404);
  EXPECT_EQ(Ids(world.Get("/users/3/roles")), "");
  EXPECT_EQ(Remove(world, "/roles?ids=2,99").status, 204);
  EXPECT_EQ(Ids(world.Get("/roles")), "1");
}

TEST(BeditaRoles, AreHandledByPriority) {
  World world(WritersOf("manager"));
  EXPECT_EQ(ChangeRole(world, "3", R"({"description":"x"})", "mara").status, 200);
  const std::string refused = "403 Could not update role. Insufficient priority";
  EXPECT_EQ(Told(ChangeRole(world, "1", R"({"description":"x"})", "mara")), refused);
  EXPECT_EQ(Told(Remove(world, "/roles?ids=3,1", "mara")), "403 Could not delete \"Role\" 1");
  EXPECT_EQ(Told(Post(world, "/users/4/relationships/roles", Identifiers("roles", {1}), "mara")),
            refused);
  EXPECT_EQ(
      Post(world, "/users/4/relationships/roles", Identifiers("roles", {2, 3}), "mara").status,
      200);
  EXPECT_EQ(Told(Remove(world, "/users/1/relationships/roles", "mara", Identifiers("roles", {1}))),
            refused);
}

TEST(BeditaRoles, LetNoWriterGovernTheMorePowerful) {
  World world(WritersOf("any"));
  const std::string refused = "403 Identity is not authorized to perform this action";
  for (const char* attributes : {R"({"username":"x"})", R"({"password":"another one"})",
                                 R"({"email":"x@example.org"})", R"({"status":"off"})"}) {
    EXPECT_EQ(Told(ChangeUser(world, "2", attributes, "edith")), refused) << attributes;
  }
  EXPECT_EQ(ChangeUser(world, "2", R"({"city":"Rome"})", "edith").status, 200);
  EXPECT_EQ(Told(Remove(world, "/users/2", "edith")), refused);
  EXPECT_EQ(ChangeUser(world, "4", R"({"status":"off"})", "edith").status, 200);
}

}  // namespace
}  // namespace rosterd::bedita
