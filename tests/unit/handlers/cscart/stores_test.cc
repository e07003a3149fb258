#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kKeeper = "keeper@shop.example:keeper-key";

Reply Get(const std::string& target, const std::string& login = "admin@example.com:admin-key") {
  return World::Shared().Send({.target = target, .login = login});
}

TEST(CscartStores, LimitUsersToThemselves) {
  const Reply reply = Get("/api/2.0/stores/1/users?sort_by=id");
  EXPECT_THAT(UserIds(reply.Json().Find("users")), ElementsAre(3, 4, 9));
  EXPECT_THAT(reply.body, HasSubstr(R"("total_items":"3")"));
  EXPECT_EQ(reply.route, "/stores/{cid}/users");
}

TEST(CscartStores, LimitOneUserToThemselves) {
  EXPECT_EQ(Get("/api/stores/1/users/3").status, 200);
  EXPECT_EQ(Get("/api/vendors/2/users/3").status, 404);
}

TEST(CscartStores, MustBeThere) {
  EXPECT_EQ(Get("/api/stores/9/users").status, 404);
  EXPECT_EQ(Get("/api/stores/x/users").status, 404);
  EXPECT_EQ(Get("/api/stores/0/users").status, 404);
}

TEST(CscartStores, AreClosedToAdminsOfOthers) {
  EXPECT_EQ(Get("/api/stores/1/users", kKeeper).status, 403);
  EXPECT_EQ(Get("/api/stores/9/users", kKeeper).status, 403);
  EXPECT_EQ(Get("/api/stores/2/users", kKeeper).status, 200);
}

TEST(CscartStores, AreListedByName) {
  EXPECT_EQ(Get("/api/stores").body,
            R"({"stores":[{"company_id":"2","company":"Alpha","status":"A","email":"",)"
            R"("timestamp":"1293840000"},{"company_id":"1","company":"Simtech","status":"A",)"
            R"("email":"one@shop.example","timestamp":"1262304000"}],"params":{"page":1,)"
            R"("items_per_page":10,"sort_by":"company","sort_order":"asc","sort_order_rev":"desc",)"
            R"("total_items":"2"}})");
  EXPECT_THAT(Get("/api/vendors?items_per_page=1&page=2").body,
              HasSubstr(R"({"vendors":[{"company_id":"1",)"));
}

TEST(CscartStores, AreShownOneByOne) {
  EXPECT_EQ(Get("/api/stores/1").body,
            R"({"company_id":"1","company":"Simtech","status":"A","email":"one@shop.example",)"
            R"("timestamp":"1262304000"})");
  EXPECT_EQ(Get("/api/stores/9").status, 404);
  EXPECT_EQ(Get("/api/stores/1", kKeeper).status, 404);
}

TEST(CscartStores, CannotBeWritten) {
  const Reply reply = World::Shared().Send({.target = "/api/stores/1", .method = "PUT"});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.Header("Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace rosterd::cscart
