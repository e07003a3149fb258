#include "fcgi/router.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

using Segments = std::vector<std::string>;
using Methods = std::vector<std::string_view>;

Router<std::string> Users() {
  Router<std::string> router;
  router.Add("GET", "users", "list");
  router.Add("POST", "users", "create");
  router.Add("GET", "users/{id}", "show");
  router.Add("PUT", "users/{id}", "change");
  router.Add("POST", "users/clients", "register");
  router.Add("PUT", "users/{user}/usergroups/{gid}", "join");
  return router;
}

TEST(Router, FindsTheLineOfAMethodAndPath) {
  const auto router = Users();
  const auto match = router.Find("POST", Segments{"users"});
  ASSERT_TRUE(match);
  EXPECT_EQ(*match->handler, "create");
  EXPECT_EQ(match->pattern, "users");
}

TEST(Router, GivesTheValuesOfTheNames) {
  const auto router = Users();
  const Segments segments{"users", "58", "usergroups", "a/b"};
  const auto match = router.Find("PUT", segments);
  ASSERT_TRUE(match);
  EXPECT_EQ(*match->handler, "join");
  EXPECT_EQ(match->pattern, "users/{user}/usergroups/{gid}");
  EXPECT_EQ(match->params.Get("user"), "58");
  EXPECT_EQ(match->params.Get("gid"), "a/b");
  EXPECT_EQ(match->params.Get("id"), "");
}

TEST(Router, KnowsAPathWithAnotherMethod) {
  const auto router = Users();
  const auto match = router.Find("DELETE", Segments{"users", "58"});
  ASSERT_TRUE(match);
  EXPECT_EQ(match->handler, nullptr);
  EXPECT_EQ(match->pattern, "users/{id}");
  EXPECT_EQ(match->allowed, (Methods{"GET", "PUT"}));
}

TEST(Router, DoesNotKnowOtherPaths) {
  const auto router = Users();
  EXPECT_FALSE(router.Find("GET", Segments{}));
  EXPECT_FALSE(router.Find("GET", Segments{"user"}));
  EXPECT_FALSE(router.Find("GET", Segments{"users", "1", "x"}));
  EXPECT_FALSE(router.Find("GET", Segments{"Users"}));
  EXPECT_FALSE(router.Find("PUT", Segments{"users", "1", "groups", "2"}));
}

TEST(Router, PrefersLiteralsWhateverTheirMethods) {
  const auto router = Users();
  EXPECT_EQ(*router.Find("POST", Segments{"users", "clients"})->handler, "register");
  const auto other = router.Find("GET", Segments{"users", "clients"});
  EXPECT_EQ(other->handler, nullptr);
  EXPECT_EQ(other->allowed, (Methods{"POST"}));
}

TEST(Router, PrefersLiteralsFurtherLeft) {
  Router<int> router;
  router.Add("GET", "{a}/me/x", 1);
  router.Add("GET", "users/{b}/{c}", 2);
  EXPECT_EQ(*router.Find("GET", Segments{"users", "me", "x"})->handler, 2);
  EXPECT_EQ(*router.Find("GET", Segments{"orgs", "me", "x"})->handler, 1);
}

TEST(Router, TakesPatternsThatDifferInNamesForOne) {
  Router<int> router;
  router.Add("GET", "users/{id}", 1);
  router.Add("PUT", "users/{user_id}", 2);
  const Segments segments{"users", "7"};
  const auto put = router.Find("PUT", segments);
  EXPECT_EQ(*put->handler, 2);
  EXPECT_EQ(put->pattern, "users/{user_id}");
  EXPECT_EQ(put->params.Get("user_id"), "7");
  EXPECT_EQ(router.Find("PATCH", segments)->allowed, (Methods{"GET", "PUT"}));
  EXPECT_EQ(router.Find("GET", segments)->params.Get("id"), "7");
}

TEST(Router, NeverReplacesAnEarlierLine) {
  Router<int> router;
  router.Add("GET", "users", 1);
  router.Add("GET", "users", 2);
  const auto match = router.Find("GET", Segments{"users"});
  EXPECT_EQ(*match->handler, 1);
  EXPECT_EQ(match->allowed, (Methods{"GET"}));
}

TEST(Router, TakesTheRootAndALeadingSlash) {
  Router<int> router;
  router.Add("GET", "/", 1);
  router.Add("GET", "/users", 2);
  EXPECT_EQ(*router.Find("GET", Segments{})->handler, 1);
  EXPECT_EQ(*router.Find("GET", Segments{"users"})->handler, 2);
}

TEST(Router, TellsItsLines) {
  Router<int> router;
  router.Add("GET", "users", 1);
  router.Add("GET", "/", 2);
  router.Add("POST", "users", 3);
  std::vector<std::string> lines;
  for (const auto& [method, pattern] : router.Lines()) {
    lines.push_back(std::string(method) + " " + std::string(pattern));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"GET users", "POST users", "GET /"}));
}

}  // namespace
}  // namespace rosterd::fcgi
