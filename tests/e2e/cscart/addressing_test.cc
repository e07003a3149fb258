// Contract 3: paths, versions and the method override.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

using Ids = std::vector<std::string>;

TEST(CscartAddressing, FindsAUserUnderEverySpellingOfItsPath) {
  const std::string user = Root().Get("/api/2.0/users/1").body;

  for (const char* path :
       {"/api/2.0/users/1", "/api/2.0/users/1/", "/api/users/1", "/api/users/1/",
        "/shop/api/2.0/users/1", "/shop/sub-shop/api/2.0/users/1", "/shop/api/users/1/",
        "/api.php?_d=users/1&ajax_custom=1", "/api.php?_d=2.0/users/1&ajax_custom=1",
        "/api.php?_d=users/1", "/api.php?_d=2.0%2Fusers%2F1", "/api.php?ajax_custom=1&_d=users/1/",
        "/api/2/users/1", "/api/1/users/1", "/api/1.0/users/1", "/api/2.1/users/1",
        "/api/4.0/users/1", "/api/4.1/users/1", "/api.php?_d=4.0/users/1"}) {
    const HttpResponse response = Root().Get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body, user) << path;
  }
}

TEST(CscartAddressing, FindsTheListUnderEverySpellingOfItsPath) {
  for (const char* path :
       {"/api/2.0/users", "/api/2.0/users/", "/api/users", "/api/users/", "/api/2/users",
        "/api/2.1/users", "/api/4.0/users", "/api/4.1/users", "/shop/api/2.0/users",
        "/a/b/api/users", "/api.php?_d=users", "/api.php?_d=2.0/users&ajax_custom=1"}) {
    const HttpResponse response = Root().Get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(ParseJson(response.body).Names(), (Ids{"users", "params"})) << path;
  }
}

TEST(CscartAddressing, RefusesDoubledSlashesAndUnknownVersions) {
  for (const char* path :
       {"/api//2.0/users/1", "/api/2.0//users/1", "/api/2.0/users//1", "/api/2.0/users/1//",
        "/api/2.0/users//", "/api.php?_d=users//1", "/api/3/users", "/api/3.0/users",
        "/api/2.2/users", "/api/5/users/1", "/api/0/users", "/api/10/users",
        "/api.php?_d=9.0/users", "/api/2.0/users%2F1"}) {
    EXPECT_TRUE(IsError(Root().Get(path), 404)) << path;
  }
}

TEST(CscartAddressing, IsNotThreeFoldersDeep) {
  const HttpResponse response = Root().Get("/a/b/c/api/2.0/users/1");

  EXPECT_EQ(response.status, 404);
  EXPECT_TRUE(ParseJson(response.body).IsObject()) << response.body;
}

TEST(CscartAddressing, DropsTheWordsOfApiPhpFromTheParams) {
  const HttpResponse response =
      Root().Get("/api.php?_d=users&ajax_custom=1&user_type=A&items_per_page=1&left=over");

  const Json params = ParseJson(response.body)["params"];
  EXPECT_TRUE(params["_d"].IsMissing());
  EXPECT_TRUE(params["ajax_custom"].IsMissing());
  EXPECT_EQ(params["user_type"].text, "A");
  EXPECT_EQ(params["left"].text, "over");
}

TEST(CscartAddressing, IgnoresTheMethodInTheQueryOfAGet) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  EXPECT_EQ(Root().Get("users/" + id + "?_METHOD=DELETE").status, 200);
  EXPECT_EQ(Root().Get("users/" + id).status, 200);
}

TEST(CscartAddressing, TakesTheMethodOfAPostFromTheQuery) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  EXPECT_EQ(Root().PostForm("users/" + id + "?_METHOD=GET", "").status, 200);
  EXPECT_EQ(Root().PostForm("users/" + id + "?_METHOD=PUT", "firstname=Over").status, 200);
  EXPECT_EQ(Root().User(id)["firstname"].text, "Over");
  EXPECT_EQ(Root().PostForm("users/" + id + "?_METHOD=DELETE", "").status, 204);
  EXPECT_EQ(Root().Get("users/" + id).status, 404);
}

TEST(CscartAddressing, TakesTheMethodOfAPostFromTheForm) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  EXPECT_EQ(Root().PostForm("users/" + id, "_METHOD=PUT&firstname=Form").status, 200);
  EXPECT_EQ(Root().User(id)["firstname"].text, "Form");
  EXPECT_EQ(Root().PostForm("users/" + id, "_METHOD=DELETE").status, 204);
  EXPECT_EQ(Root().Get("users/" + id).status, 404);
}

TEST(CscartAddressing, OverridesNoOtherMethod) {
  for (const char* method : {"PATCH", "OPTIONS", "BREW"}) {
    const HttpResponse response =
        Root().PostForm(std::string("users/1?_METHOD=") + method, "firstname=x");
    EXPECT_TRUE(IsError(response, 405)) << method;
  }
}

TEST(CscartVersions, ListAsTheirFormSays) {
  const std::string word = NewWord();
  for (int i = 0; i < 11; ++i) Root().AddUser("{" + Customer(NewEmail(word)) + "}");

  for (const char* prefix : {"/api/1.0", "/api/1"}) {
    const Json list = ParseJson(Root().Get(prefix + ("/users?email=" + word)).body);
    EXPECT_TRUE(list.IsArray()) << prefix;
    EXPECT_EQ(list.items.size(), 11U) << prefix;
    const Json page =
        ParseJson(Root().Get(prefix + ("/users?items_per_page=4&page=3&email=" + word)).body);
    EXPECT_TRUE(page.IsArray()) << prefix;
    EXPECT_EQ(page.items.size(), 3U) << prefix;
  }
  for (const char* prefix : {"/api", "/api/2", "/api/2.0", "/api/2.1", "/api/4.0", "/api/4.1"}) {
    const Json list = ParseJson(Root().Get(prefix + ("/users?email=" + word)).body);
    EXPECT_EQ(list.Names(), (Ids{"users", "params"})) << prefix;
    EXPECT_EQ(list["users"].items.size(), 10U) << prefix;
    EXPECT_EQ(list["params"]["items_per_page"].text, "10") << prefix;
  }
}

TEST(CscartVersions, ListNothingAsAnEmptyArrayInTheFirst) {
  EXPECT_EQ(Root().Get("/api/1.0/users?email=" + NewWord()).body, "[]");
}

TEST(CscartVersions, AreEqualInEverythingElse) {
  for (const char* prefix : {"/api/1.0", "/api/1", "/api", "/api/2", "/api/2.1", "/api/4.0"}) {
    const std::string users = std::string(prefix) + "/users";
    EXPECT_TRUE(IsError(Root().Get(users + "/999999999"), 404, "")) << prefix;
    EXPECT_TRUE(IsError(Root().PostForm(users, "user_type=C&company_id=1"), 400, "messages"));
    const HttpResponse created =
        Root().PostForm(users, "user_type=C&company_id=1&email=" + NewEmail());
    EXPECT_EQ(created.status, 201) << prefix;
    const Json ids = ParseJson(created.body);
    EXPECT_TRUE(ids["user_id"].IsNumber() && ids["profile_id"].IsString()) << created.body;
    const std::string user = users + "/" + ids["user_id"].text;
    EXPECT_JSON_EQ(Root().PutForm(user, "status=D").body,
                   R"({"user_id":")" + ids["user_id"].text + R"(","profile_id":false})");
    EXPECT_EQ(Root().Delete(user).status, 204) << prefix;
  }
}

}  // namespace
}  // namespace rosterd::testing
