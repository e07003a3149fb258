#include "handlers/cscart/route_table.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

TEST(CscartRouteTable, ListsHeadBesideGet) {
  EXPECT_EQ(AllowValue({"GET", "POST"}), "GET, HEAD, POST");
}

TEST(CscartRouteTable, WantsDigitsForIds) {
  EXPECT_TRUE(HasValidIds("users/{id}", {"users", "007"}));
  EXPECT_FALSE(HasValidIds("users/{id}", {"users", "0"}));
  EXPECT_FALSE(HasValidIds("users/{id}", {"users", "-1"}));
  EXPECT_FALSE(HasValidIds("users/{id}", {"users", "1.0"}));
  EXPECT_FALSE(HasValidIds("users/{id}/usergroups/{gid}", {"users", "1", "usergroups", "x"}));
  EXPECT_TRUE(HasValidIds("users", {"users"}));
}

TEST(CscartRouteTable, TakesZeroForTheBuiltInGroup) {
  EXPECT_TRUE(HasValidIds("usergroups/{id}", {"usergroups", "0"}));
}

TEST(CscartRouteTable, LabelsPathsWithTheirMount) {
  RouteTable table;
  table.Add("GET", "users/{id}", [](const Call&) { return Answer(Problem::Plain(404)); });
  EXPECT_EQ(table.Label("users/{id}", Mount::kPlain), "/users/{id}");
  EXPECT_EQ(table.Label("users/{id}", Mount::kVendors), "/vendors/{cid}/users/{id}");
  EXPECT_TRUE(table.KnowsEntity("users"));
  EXPECT_FALSE(table.KnowsEntity("products"));
}

TEST(CscartRouteTable, AsksForGroupRightsOnGroupLinks) {
  EXPECT_EQ(EntityOf("users/{id}/usergroups/{gid}"), "usergroups");
  EXPECT_EQ(EntityOf("users/{id}"), "users");
}

}  // namespace
}  // namespace rosterd::cscart
