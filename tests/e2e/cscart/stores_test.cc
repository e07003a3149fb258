// Contract 17 and 18: one store's or vendor's users, and the small endpoints.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

using Ids = std::vector<std::string>;

// A store with one customer, and a customer of the first store.
class CscartStores : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!store_.empty()) return;
    store_ = DefaultStack().RosterctlMember(
        {"company", "add", "--name", "Scoped store", "--email", "scoped@shop.example"}, "id");
    own_ = Root().AddUser(R"({"user_type":"C","email":")" + NewEmail() + R"(","company_id":)" +
                          store_ + "}");
    other_ = Root().AddUser("{" + Customer(NewEmail()) + "}");
  }

  static std::vector<std::string> Prefixes() {
    return {"stores/" + store_ + "/", "vendors/" + store_ + "/", "/api/stores/" + store_ + "/",
            "/api/1.0/vendors/" + store_ + "/", "/api.php?_d=stores/" + store_ + "/"};
  }

  static std::string store_, own_, other_;
};

std::string CscartStores::store_;
std::string CscartStores::own_;
std::string CscartStores::other_;

TEST_F(CscartStores, ListTheirUsersAlone) {
  for (const std::string& prefix : Prefixes()) {
    EXPECT_EQ(ListedIds(Root().Get(prefix + "users")), Ids{own_}) << prefix;
  }
  EXPECT_EQ(ListedIds(Root().Get("stores/" + store_ + "/users?status=D")), Ids{});
  EXPECT_EQ(
      ParseJson(Root().Get("stores/" + store_ + "/users?status=A").body)["params"]["total_items"]
          .Canonical(),
      "\"1\"");
}

TEST_F(CscartStores, ShowTheirUsersAlone) {
  for (const std::string& prefix : Prefixes()) {
    EXPECT_EQ(ParseJson(Root().Get(prefix + "users/" + own_).body)["user_id"].text, own_);
    EXPECT_TRUE(IsError(Root().Get(prefix + "users/" + other_), 404)) << prefix;
  }
  EXPECT_TRUE(IsError(Root().Get("stores/" + store_ + "/users/1"), 404));
}

TEST_F(CscartStores, GiveNewUsersTheirCompany) {
  const std::string users = "stores/" + store_ + "/users";

  const HttpResponse without = Root().PostForm(users, "user_type=C&email=" + NewEmail());
  EXPECT_EQ(without.status, 201) << without.body;
  const std::string id = ParseJson(without.body)["user_id"].text;
  EXPECT_EQ(Root().User(id)["company_id"].text, store_);
  const std::string same = "user_type=C&company_id=" + store_ + "&email=" + NewEmail();
  EXPECT_EQ(Root().PostForm(users, same).status, 201);
  EXPECT_TRUE(IsError(Root().PostForm(users, "user_type=C&company_id=1&email=" + NewEmail()), 400));
  for (const std::string& made : Root().List("items_per_page=0&company_id=" + store_)) {
    EXPECT_TRUE(made == own_ || Root().Delete(users + "/" + made).status == 204);
  }
}

TEST_F(CscartStores, ChangeAndDeleteTheirUsersAlone) {
  const std::string users = "vendors/" + store_ + "/users/";

  EXPECT_EQ(Root().PutForm(users + own_, "company=x").status, 200);
  EXPECT_TRUE(IsError(Root().PutForm(users + other_, "company=x"), 404));
  EXPECT_TRUE(IsError(Root().Delete(users + other_), 404));
  EXPECT_EQ(Root().User(other_)["company"].text, "");
}

TEST_F(CscartStores, ThatAreMissingAre404) {
  for (const char* path : {"stores/424242/users", "vendors/424242/users", "stores/424242/users/1",
                           "stores/0/users", "stores/abc/users", "stores/424242"}) {
    EXPECT_TRUE(IsError(Root().Get(path), 404)) << path;
  }
  EXPECT_TRUE(
      IsError(Root().PostForm("stores/424242/users", "user_type=C&email=" + NewEmail()), 404));
}

TEST_F(CscartStores, OfOthersAreForbidden) {
  const Api store = As(DefaultStack(), AddAccount(DefaultStack(), "A", "N", store_));

  EXPECT_TRUE(IsError(store.Get("stores/1/users"), 403, ""));
  EXPECT_TRUE(IsError(store.Get("stores/1/users/1"), 403, ""));
  EXPECT_TRUE(
      IsError(store.PostForm("stores/1/users", "user_type=C&email=" + NewEmail()), 403, ""));
  EXPECT_EQ(store.Get("stores/" + store_ + "/users/" + own_).status, 200);
}

TEST_F(CscartStores, AreReadOnly) {
  const Json list = ParseJson(Root().Get("stores").body);
  EXPECT_EQ(list.Names(), (std::vector<std::string>{"stores", "params"}));
  EXPECT_EQ(Root().Get("vendors").status, 200);
  EXPECT_EQ(Root().Get("vendors/" + store_).body, Root().Get("stores/" + store_).body);
  const Json store = ParseJson(Root().Get("stores/" + store_).body);
  EXPECT_EQ(store["company_id"].Canonical(), "\"" + store_ + "\"");
  EXPECT_EQ(store["company"].text, "Scoped store");
  EXPECT_EQ(store["status"].text, "A");
  EXPECT_EQ(store["email"].text, "scoped@shop.example");
  EXPECT_TRUE(store["timestamp"].IsString());

  EXPECT_TRUE(IsError(Root().PostForm("stores", "company=x"), 405));
  EXPECT_TRUE(IsError(Root().PutForm("stores/1", "company=x"), 405));
  EXPECT_TRUE(IsError(Root().Delete("stores/1"), 405));
  EXPECT_TRUE(IsError(Root().Delete("vendors/1"), 405));
}

TEST(CscartBanner, NeedsNoCredentials) {
  for (const char* path : {"/api/?version=True", "/api/?version", "/api?version=1",
                           "/api/?version=", "/shop/api/?version=x", "/api.php?version&_d="}) {
    for (const Api& api : {Api(DefaultStack(), ""), Api(DefaultStack(), "a:b"), Root()}) {
      const HttpResponse response = api.Get(path);
      EXPECT_EQ(response.status, 200) << path;
      EXPECT_EQ(response.body, "CS-Cart <b>4.3.10 </b>") << path;
      EXPECT_EQ(response.Header("Content-Type").substr(0, 9), "text/html") << path;
    }
  }
}

TEST(CscartBanner, IsNotGivenForResources) {
  EXPECT_TRUE(IsError(Api(DefaultStack(), "").Get("users?version=True"), 401, ""));
  EXPECT_EQ(ParseJson(Root().Get("users/1?version=True").body)["user_id"].text, "1");
}

TEST(CscartSmallEndpoints, TellVersions) {
  EXPECT_EQ(Root().Get("/api/2.0/version").body, R"({"Version":"2.0"})");
  EXPECT_EQ(Root().Get("/api/2.0/versions").body, R"(["1.0","2.0","2.1","4.0","4.1"])");
  EXPECT_TRUE(IsError(Api(DefaultStack(), "").Get("/api/2.0/version"), 401, ""));
}

TEST(CscartSmallEndpoints, AreNothingElse) {
  EXPECT_TRUE(IsError(Root().Get("/api/"), 404));
  EXPECT_TRUE(IsError(Root().Get("/api"), 404));
  EXPECT_TRUE(IsError(Root().Get("/api/2.0/"), 404));
  EXPECT_TRUE(IsError(Root().Get("/api.php"), 404));
  for (const char* entity : {"products", "orders", "sra_profile", "Users", "user", "users.json"}) {
    const HttpResponse response = Root().Get(entity);
    EXPECT_TRUE(IsError(response, 404, "messages")) << entity;
    EXPECT_EQ(ParseJson(response.body)["message"].text,
              std::string("Not Found: entity ") + entity + " not found");
  }
  EXPECT_TRUE(IsError(Root().PostForm("orders", "a=b"), 404, "messages"));
  EXPECT_TRUE(IsError(Root().Delete("orders/1"), 404, "messages"));
}

}  // namespace
}  // namespace rosterd::testing
