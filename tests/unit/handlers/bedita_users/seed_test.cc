#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

// The published page's examples in their order, with the key and the login that the contract adds.
namespace rosterd::bedita {
namespace {

constexpr const char* kCreate =
    R"({"data": {"type": "users", "attributes": {"username": "johndoe", "password": "j04nd0e",
        "uname": "johndoe"}}})";

class BeditaSeed : public ::testing::Test {
 protected:
  BeditaSeed() {
    world.Execute(
        "INSERT INTO bedita_roles (id, name, created_at, updated_at) VALUES"
        " (7, 'dummy role', '2016-12-13 11:28:32', '2016-12-13 11:28:32')");
    const Reply reply = world.Send({.target = "/users",
                                    .method = "POST",
                                    .body = kCreate,
                                    .as = "bedita",
                                    .content_type = "application/vnd.api+json"});
    created = reply;
    id = reply.At("data/id");
  }

  World world;
  Reply created;
  std::string id;
};

TEST_F(BeditaSeed, CreatesJohnDoe) {
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.response.reason, "OK");
  EXPECT_EQ(created.Header("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(created.Header("Location"), "https://dir.example.org/users/" + id);
  EXPECT_EQ(created.At("data/type"), "users");
  EXPECT_EQ(created.At("data/attributes/username"), "johndoe");
  EXPECT_EQ(created.At("data/attributes/uname"), "johndoe");
  EXPECT_EQ(created.At("data/attributes/created_by"), "1");
  EXPECT_EQ(created.At("data/attributes/modified_by"), "1");
  EXPECT_EQ(created.At("data/relationships/roles/links/related"),
            "https://dir.example.org/users/" + id + "/roles");
  EXPECT_EQ(created.At("data/relationships/roles/links/self"),
            "https://dir.example.org/users/" + id + "/relationships/roles");
  EXPECT_EQ(created.At("links/self"), "https://dir.example.org/users");
  EXPECT_EQ(created.At("links/home"), "https://dir.example.org/home");
}

TEST_F(BeditaSeed, EndsTheAttributesInTheOrderOfThePage) {
  const size_t start = created.body.find("\"created_by\":1,\"modified_by\":1,\"created\":");
  ASSERT_NE(start, std::string::npos);
  EXPECT_LT(start, created.body.find("\"meta\""));
}

TEST_F(BeditaSeed, NeverEchoesThePassword) {
  EXPECT_EQ(created.body.find("j04nd0e"), std::string::npos);
  EXPECT_EQ(created.body.find("\"password\""), std::string::npos);
  EXPECT_EQ(created.body.find("argon2"), std::string::npos);
}

TEST_F(BeditaSeed, RefusesJohnDoeTwice) {
  EXPECT_EQ(Told(Post(world, "/users", kCreate)),
            "400 Invalid data: [username.unique]: The provided value is invalid");
}

TEST_F(BeditaSeed, GetsJohnDoeById) {
  const Reply list = world.Get("/users?id=" + id);
  EXPECT_EQ(Ids(list), id);
  EXPECT_EQ(list.At("meta/pagination/count"), "1");
  EXPECT_EQ(list.At("meta/pagination/page_size"), "20");
  EXPECT_EQ(list.At("links/prev"), "null");
  EXPECT_EQ(list.At("links/next"), "null");
  EXPECT_EQ(world.Get("/users/" + id).At("data/attributes/username"), "johndoe");
}

TEST_F(BeditaSeed, ChangesTheNameByANumericId) {
  const Reply reply = Patch(world, "/users/" + id,
                            R"({"data": {"id": )" + id +
                                R"(, "type": "users",
                                "attributes": {"name": "Johnny", "surname": "Doe"}}})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.At("data/attributes/name"), "Johnny");
  EXPECT_EQ(reply.At("data/attributes/title"), "Johnny Doe");
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/users/" + id);
}

TEST_F(BeditaSeed, AddsShowsAndRemovesARole) {
  const std::string path = "/users/" + id + "/relationships/roles";
  const std::string body = R"({"data": {"type": "roles", "id": 7}})";
  const Reply added = Post(world, path, body);
  EXPECT_EQ(added.status, 200);
  EXPECT_EQ(added.body, R"({"links":{"self":"https://dir.example.org)" + path +
                            R"(","home":"https://dir.example.org/home"}})");

  const Reply roles = world.Get("/users/" + id + "/roles");
  EXPECT_EQ(roles.At("data/0/id"), "7");
  EXPECT_EQ(roles.At("data/0/attributes/name"), "dummy role");
  EXPECT_EQ(roles.At("data/0/attributes/description"), "null");
  EXPECT_EQ(roles.At("data/0/attributes/unchangeable"), "false");
  EXPECT_EQ(roles.At("data/0/attributes/created"), "2016-12-13T11:28:32+00:00");
  EXPECT_EQ(roles.At("data/0/links/self"), "https://dir.example.org/roles/7");
  EXPECT_EQ(roles.At("links/available"), "https://dir.example.org/roles");
  EXPECT_EQ(world.Get("/users?id=" + id + "&roles").At("data/0/id"), "7");
  EXPECT_EQ(world.Get("/users?id=" + id + "&roles=1").At("links/self"),
            "https://dir.example.org/users?id=" + id + "&roles=1");

  EXPECT_EQ(Remove(world, path, "bedita", body).status, 200);
  EXPECT_EQ(Ids(world.Get("/users/" + id + "/roles")), "");
}

TEST_F(BeditaSeed, RemovesJohnDoeWithoutAnAccept) {
  const Reply reply =
      world.Send({.target = "/users/" + id, .method = "DELETE", .as = "bedita", .accept = ""});
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(Told(world.Get("/users/" + id)), "404 Record not found in table \"users\"");
  EXPECT_EQ(Remove(world, "/users/" + id).status, 404);
}

TEST_F(BeditaSeed, AnswersNobodyForAnUnknownId) {
  EXPECT_EQ(world.Get("/users?id=99999").At("meta/pagination/count"), "0");
  EXPECT_EQ(world.Get("/users?id=abc").status, 200);
  EXPECT_EQ(world.Get("/users?id=99999&roles").status, 404);
  EXPECT_EQ(world.Get("/users?id=abc&roles").status, 404);
}

}  // namespace
}  // namespace rosterd::bedita
