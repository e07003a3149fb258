// The order of checks of contract section 4, and the answers of sections 7, 8 and 18.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using ::testing::HasSubstr;

Reply Send(const Ask& ask) { return World::Shared().Send(ask); }

TEST(CscartGate, WantsHttpsWhenTheSettingSaysSo) {
  config::Cscart settings;
  settings.https_only = true;
  World world(settings);
  EXPECT_EQ(world.Send({.target = "/api/?version", .login = ""}).status, 403);
  EXPECT_EQ(world.Send({.target = "/api/users/1", .https = true}).status, 200);
}

TEST(CscartGate, ShowsTheBannerToEverybody) {
  for (const char* target : {"/api/?version=True", "/api?version", "/api.php?version"}) {
    const Reply reply = Send({.target = target, .login = "nobody@x.example:wrong"});
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.body, "CS-Cart <b>4.3.10 </b>") << target;
    EXPECT_EQ(reply.Header("Content-Type"), "text/html") << target;
  }
}

TEST(CscartGate, FindsNothingAtTheRoot) {
  EXPECT_EQ(Send({.target = "/api/"}).status, 404);
  EXPECT_EQ(Send({.target = "/api/2.0/"}).status, 404);
}

TEST(CscartGate, AsksForCredentialsBeforeAnythingElse) {
  const Reply reply = Send({.target = "/api/2.0/products", .login = ""});
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.body, R"({"message":"Unauthorized","status":401})");
  EXPECT_EQ(reply.Header("WWW-Authenticate"), R"(Basic realm="User email/API key")");
  EXPECT_EQ(Send({.target = "/api/users", .method = "OPTIONS", .login = ""}).status, 401);
}

TEST(CscartGate, AnswersOptions) {
  const Reply reply =
      Send({.target = "/api/stores/1", .method = "OPTIONS", .headers = {{"Accept", "image/png"}}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.Header("Allow"), "GET, HEAD");
}

TEST(CscartGate, RefusesUnsupportedBodies) {
  const Reply reply =
      Send({.target = "/api/nothing", .method = "POST", .content_type = "application/xml"});
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(reply.body, R"({"message":"Unsupported Media Type","status":415})");
}

TEST(CscartGate, RefusesBodiesAboveTheLimit) {
  config::Cscart settings;
  settings.max_body = 10;
  World world(settings);
  const Reply reply = world.Send({.target = "/api/users", .method = "POST", .body = "email=12345"});
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.body, R"({"message":"Request Entity Too Large","status":413})");
}

TEST(CscartGate, RefusesWhatTheClientDoesNotAccept) {
  const Reply reply = Send({.target = "/api/nothing", .headers = {{"Accept", "application/xml"}}});
  EXPECT_EQ(reply.status, 406);
  EXPECT_EQ(reply.body, R"({"message":"Not Acceptable","status":406})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
}

TEST(CscartGate, IgnoresAcceptOfWrites) {
  EXPECT_EQ(
      Send({.target = "/api/stores", .method = "POST", .headers = {{"Accept", "text/xml"}}}).status,
      405);
}

TEST(CscartGate, AnswersTextToThoseWhoWantText) {
  const Reply reply = Send({.target = "/api/users/1", .headers = {{"Accept", "text/plain"}}});
  EXPECT_EQ(reply.Header("Content-Type"), "text/plain");
  EXPECT_THAT(reply.body, HasSubstr(R"({"user_id":"1",)"));
}

TEST(CscartGate, RefusesBrokenBodiesBeforeUnknownPlaces) {
  EXPECT_EQ(Send({.target = "/api/nothing",
                  .method = "POST",
                  .body = "{",
                  .content_type = "application/json"})
                .status,
            400);
}

TEST(CscartGate, RefusesQueriesThatAreNoText) {
  EXPECT_EQ(Send({.target = "/api/users?name=%FF"}).status, 400);
}

TEST(CscartGate, NamesUnknownEntities) {
  EXPECT_EQ(Send({.target = "/api/2.0/products"}).body,
            R"({"message":"Not Found: entity products not found",)"
            R"("messages":["entity products not found"],"status":404})");
}

TEST(CscartGate, DoesNotKnowOtherVersionsAndDoubleSlashes) {
  EXPECT_EQ(Send({.target = "/api/3.0/users"}).status, 404);
  EXPECT_EQ(Send({.target = "/api//users"}).status, 404);
  EXPECT_EQ(Send({.target = "/api/users/1/nothing"}).status, 404);
}

TEST(CscartGate, RefusesUncommonMethods) {
  const Reply reply = Send({.target = "/api/stores/1", .method = "PATCH"});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.body, R"({"message":"Method Not Allowed","status":405})");
}

TEST(CscartGate, RefusesVendorsAndCustomers) {
  const Reply reply = Send({.target = "/api/users", .login = "vera@mail.example:vera-key"});
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.body, R"({"message":"Forbidden","status":403})");
  EXPECT_EQ(Send({.target = "/api/users", .login = "anna@shop.example:anna-key"}).status, 403);
}

TEST(CscartGate, LetsVendorsInWhenTheSettingSaysSo) {
  config::Cscart settings;
  settings.vendor_users_api = "scoped";
  World world(settings);
  const Reply reply =
      world.Send({.target = "/api/users?sort_by=id", .login = "vera@mail.example:vera-key"});
  EXPECT_THAT(UserIds(reply.Json().Find("users")), ::testing::ElementsAre(5, 6, 11));
}

TEST(CscartGate, RefusesRightsBeforeMethods) {
  EXPECT_EQ(
      Send({.target = "/api/stores/1", .method = "DELETE", .login = "anna@shop.example:anna-key"})
          .status,
      403);
}

TEST(CscartGate, TakesAnotherMethodInThePlaceOfPost) {
  EXPECT_EQ(Send({.target = "/api/users/1?_METHOD=GET", .method = "POST"}).status, 200);
  EXPECT_EQ(Send({.target = "/api/users/1", .method = "POST", .body = "_METHOD=GET"}).status, 200);
}

TEST(CscartGate, AnswersHeadAsGet) {
  EXPECT_EQ(Send({.target = "/api/users/1", .method = "HEAD"}).status, 200);
}

TEST(CscartGate, SendsItsHeadersWithEveryAnswer) {
  const Reply reply = Send({.target = "/api/users/1"});
  EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
  EXPECT_EQ(reply.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
}

TEST(CscartGate, TellsTheVersions) {
  EXPECT_EQ(Send({.target = "/api/2.0/version"}).body, R"({"Version":"2.0"})");
  EXPECT_EQ(Send({.target = "/api/4.1/version"}).body, R"({"Version":"4.1"})");
  EXPECT_EQ(Send({.target = "/api/version"}).body, R"({"Version":"2.0"})");
  EXPECT_EQ(Send({.target = "/api/2.0/versions"}).body, R"(["1.0","2.0","2.1","4.0","4.1"])");
}

TEST(CscartGate, SpeaksVersionOneWithoutAVersionWhenTheSettingSaysSo) {
  config::Cscart settings;
  settings.unversioned_api = "1.0";
  World world(settings);
  EXPECT_EQ(world.Get("/api/users?user_ids=999").body, "[]");
}

}  // namespace
}  // namespace rosterd::cscart
