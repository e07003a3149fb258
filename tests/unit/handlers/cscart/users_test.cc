#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using ::testing::HasSubstr;

constexpr const char* kAdmin =
    R"({"user_id":"1","user_login":"admin","is_root":"Y","timestamp":"1112556008",)"
    R"("user_type":"A","status":"A","firstname":"John","lastname":"Doe",)"
    R"("email":"admin@example.com","company":"Your company","company_id":"0","company_name":null})";

std::string Body(const std::string& target) { return World::Shared().Get(target).body; }
int Status(const std::string& target) { return World::Shared().Get(target).status; }

TEST(CscartUsers, AreFlatObjects) { EXPECT_EQ(Body("/api/2.0/users/1"), kAdmin); }

TEST(CscartUsers, AreTheSameInEverySpelling) {
  for (const char* target : {"/api/2.0/users/1/", "/api/users/1", "/shop/api/1.0/users/1",
                             "/api/4.1/users/001", "/api.php?_d=users/1&ajax_custom=1",
                             "/api.php?_d=2.0%2Fusers%2F1", "/api/users/1?status=D"}) {
    EXPECT_EQ(Body(target), kAdmin) << target;
  }
}

TEST(CscartUsers, ShowEmptyTextForNoEmail) {
  EXPECT_THAT(Body("/api/users/8"), HasSubstr(R"("firstname":"Zoë","lastname":"","email":"")"));
}

TEST(CscartUsers, ShowBlockedOnesAsDisabled) {
  EXPECT_THAT(Body("/api/users/9"), HasSubstr(R"("status":"D")"));
}

TEST(CscartUsers, AreNotFoundWhenTheyAreNotThere) {
  const Reply reply = World::Shared().Get("/api/2.0/users/999");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, R"({"message":"Not Found","status":404})");
  EXPECT_EQ(Status("/api/users/10"), 404);
  for (const char* id : {"abc", "-1", "1.0", "0", "9999999999999999999999"}) {
    EXPECT_EQ(Status(std::string("/api/users/") + id), 404) << id;
  }
}

TEST(CscartUsers, ShowEverythingWhenAskedTo) {
  const std::string body = Body("/api/users/3?full=Y");
  EXPECT_THAT(body,
              HasSubstr(R"("company_name":"Simtech","phone":"","last_login":"0","points":"40",)"
                        R"("lang_code":"ru","url":"","fax":"","tax_exempt":"Y","birthday":"0",)"
                        R"("last_activity":"0","b_firstname":"")"));
  EXPECT_THAT(body, HasSubstr(R"("usergroups":{"5":{"link_id":"9","usergroup_id":"5",)"
                              R"("status":"A","type":"C"}},"profiles":[{"profile_id":"31",)"
                              R"("user_id":"3","profile_type":"P",)"));
  EXPECT_THAT(body, HasSubstr(R"("profile_name":"Main","profile_update_timestamp":"1577836800"})"));
  EXPECT_THAT(body, ::testing::EndsWith(R"("fields":{"12":"blue"}})"));
}

TEST(CscartUsers, ShowEverythingOfAPersonWithoutAddresses) {
  EXPECT_THAT(Body("/api/users/8?full=Y"),
              ::testing::EndsWith(R"("usergroups":{},"profiles":[],"fields":{}})"));
}

// One is read from the columns themselves, the other from expressions of the server.
TEST(CscartUsers, BeginAlikeWithAndWithoutEverything) {
  World world;
  world.Execute(
      "UPDATE users SET status = ELT(1 + id % 4, 'active', 'pending', 'disabled', 'hidden')");
  world.Execute("UPDATE users SET created_at = '1969-12-31 23:59:58.25' WHERE id = 8");
  world.Execute("UPDATE users SET created_at = '2026-03-01 12:00:00.999999' WHERE id = 5");
  for (int id = 2; id < 10; ++id) {
    const std::string target = "/api/users/" + std::to_string(id);
    const std::string usual = world.Get(target).body;
    EXPECT_THAT(world.Get(target + "?full=Y").body,
                ::testing::StartsWith(usual.substr(0, usual.size() - 1)));
  }
}

TEST(CscartUsers, OutsideTheCallersSightAreNotFound) {
  World& world = World::Shared();
  const std::string keeper = "keeper@shop.example:keeper-key";
  EXPECT_EQ(world.Send({.target = "/api/users/5", .login = keeper}).status, 200);
  EXPECT_EQ(world.Send({.target = "/api/users/3", .login = keeper}).status, 404);
  const std::string helper = "helper@example.com:helper-key";
  EXPECT_EQ(world.Send({.target = "/api/users/2", .login = helper}).status, 200);
  EXPECT_EQ(world.Send({.target = "/api/users/1", .login = helper}).status, 404);
}

TEST(CscartUsers, TakeOneStatementWhenTheKeyIsKnown) {
  World world;
  world.Get("/api/users/1");  // connects, and prepares the statements
  world.Epoch().Advance();
  world.Get("/api/users/1");
  EXPECT_LE(world.LastStatements(), 2U);
  world.Get("/api/users/1");
  EXPECT_EQ(world.LastStatements(), 1U);
}

TEST(CscartUsers, NameTheirRouteAndTheCaller) {
  const Reply reply = World::Shared().Get("/api/2.0/users/3");
  EXPECT_EQ(reply.route, "/users/{id}");
  EXPECT_EQ(reply.person, 1U);
}

}  // namespace
}  // namespace rosterd::cscart
