// Every refusal is JSON, nginx's own too, and nothing is a redirect: contract sections 3, 7, 8.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/e2e/brightact/api.h"

namespace rosterd::testing {
namespace {

void ExpectError(const HttpResponse& response, int status) {
  EXPECT_EQ(response.status, status) << response.body;
  EXPECT_EQ(response.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(response.Header("Cache-Control"), "no-store");
  EXPECT_EQ(response.Header("Location"), "");
  const Json body = ParseJson(response.body);
  EXPECT_EQ(body.Names(), std::vector<std::string>{"error"}) << response.body;
  EXPECT_FALSE(body["error"].text.empty());
}

TEST(BrightactRefusal, IsJsonForEachReason) {
  const auto get = [](const std::string& target) {
    return SendAsSdk({.method = "GET", .target = target});
  };
  ExpectError(get("user/my.json"), 401);
  ExpectError(get("user/my.json?key=ffffffffffffffffffffffffffffffff"), 401);
  ExpectError(get(WithKey("orgs.json", UserKey())), 403);
  ExpectError(get(WithKey("user/999999.json")), 404);
  ExpectError(get(WithKey("packs.json")), 404);
  ExpectError(get(WithKey("user/abc.json")), 404);
  ExpectError(get(WithKey("orgs.xml")), 406);
  ExpectError(SendAsSdk({.method = "PUT", .target = WithKey("orgs.json")}), 405);
  ExpectError(SendAsSdk({.method = "POST",
                         .target = WithKey("org.json"),
                         .content_type = "text/xml",
                         .body = "<org/>"}),
              415);
  ExpectError(SendAsSdk({.method = "POST",
                         .target = WithKey("org.json"),
                         .content_type = "application/json",
                         .body = "{"}),
              400);
}

TEST(BrightactRefusal, IsJsonForABodyThatNginxDoesNotTake) {
  ExpectError(
      SendAsSdk(MultipartPost(WithKey("org.json"), {{"name", std::string(1'100'000, 'n')}})), 413);
}

TEST(BrightactRefusal, IsNoRedirectForPlainHttpOrASlash) {
  EXPECT_EQ(SendAsSdk({.method = "GET", .target = WithKey("orgs.json/")}).status, 200);
  ExpectError(SendAsSdk({.method = "GET", .target = WithKey("")}), 404);
  ExpectError(SendAsSdk({.method = "GET", .target = WithKey("/orgs.json")}), 404);
}

TEST(BrightactRefusal, KeepsHeadAndPrefetchFromAReset) {
  const std::string target = WithKey("resetUserPassword/my.json", UserKey());
  const HttpResponse head = SendAsSdk({.method = "HEAD", .target = target});
  EXPECT_EQ(head.status, 405);
  EXPECT_EQ(head.Header("Allow"), "GET, POST, OPTIONS");
  ExpectError(
      SendAsSdk(
          {.method = "GET", .target = target, .headers = {"Sec-Purpose: prefetch;prerender"}}),
      403);
}

TEST(BrightactRefusal, IsJsonWhenNoWorkerIsThere) {
  const Stack stack;
  ASSERT_EQ(kill(stack.MasterPid(), SIGTERM), 0);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const std::string key = stack.Credential("brightact", "admin_key");
  HttpResponse response;
  do {
    response = SendAsSdk({.method = "GET", .target = WithKey("orgs.json", key)}, stack);
    if (response.status == 503) break;
    std::this_thread::yield();
  } while (std::chrono::steady_clock::now() < deadline);
  ExpectError(response, 503);
  EXPECT_NE(response.Header("Retry-After"), "");
  ExpectError(
      SendAsSdk({.method = "GET", .target = WithKey("resetUserPassword/my.json", key)}, stack),
      503);
  EXPECT_NE(stack.Sql("SELECT 1"), "") << "the database lives on";
}

}  // namespace
}  // namespace rosterd::testing
