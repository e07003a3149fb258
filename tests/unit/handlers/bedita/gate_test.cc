// The order of checks of contract section 2.1, and the tables of section 2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {
namespace {

Reply Send(const Ask& ask) { return World::Shared().Send(ask); }

TEST(BeditaGate, AnswersUnknownPathsFirst) {
  const Reply reply = Send({.target = "/nothing/there?x=1", .key = "", .accept = "text/html"});
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Title(), R"(A route matching "/nothing/there" could not be found.)");
  EXPECT_EQ(reply.body,
            R"({"error":{"status":"404","title":"A route matching \"/nothing/there\" could not)"
            R"( be found."},"links":{"self":"https://dir.example.org/nothing/there?x=1",)"
            R"("home":"https://dir.example.org/home"}})");
}

TEST(BeditaGate, LeadsTheRootHome) {
  const Reply reply = Send({.target = "/", .method = "POST", .key = ""});
  EXPECT_EQ(reply.status, 301);
  EXPECT_EQ(reply.Header("Location"), "https://dir.example.org/home");
}

TEST(BeditaGate, WantsAnApplication) {
  const Reply reply = Send({.key = "", .accept = "text/html"});
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.Title(), "Missing API key");
  EXPECT_EQ(Send({.key = "wrong"}).Title(), "Invalid API key");
  EXPECT_EQ(Send({.key = "closed-key"}).Title(), "Invalid API key");
  EXPECT_EQ(Send({.target = "/home?api_key=manager-key", .key = ""}).status, 200);
}

TEST(BeditaGate, AnswersOptionsWithoutAnything) {
  const Reply reply = Send({.target = "/users", .method = "OPTIONS", .key = ""});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.Header("Allow"), "GET, HEAD, POST, DELETE");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(Send({.target = "/nothing", .method = "OPTIONS", .key = ""}).status, 404);
}

TEST(BeditaGate, RefusesBrokenJsonBeforeAnythingElse) {
  const Reply reply = Send({.target = "/users", .method = "POST", .body = "{", .key = ""});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Title(), "Bad Request");
  EXPECT_EQ(Send({.target = "/users",
                  .method = "POST",
                  .body = std::string(33, '[') + std::string(33, ']'),
                  .key = ""})
                .status,
            400);
}

TEST(BeditaGate, AsksForTheKeyBeforeTheToken) {
  EXPECT_EQ(Send({.key = "", .bearer = "a.b.c"}).Title(), "Missing API key");
  const Reply reply = Send({.bearer = "a.b.c", .accept = "text/html"});
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.Title(), "Unauthorized");
}

TEST(BeditaGate, ChecksAcceptBeforeRights) {
  const Reply reply = Send({.target = "/users", .method = "POST", .accept = "text/html"});
  EXPECT_EQ(reply.status, 406);
  EXPECT_EQ(reply.Title(), "Bad request content type \"text/html\"");
  EXPECT_EQ(reply.Header("Content-Type"), "application/vnd.api+json");
}

TEST(BeditaGate, ChecksRightsBeforeParametersOfAccept) {
  const std::string accept = "application/vnd.api+json; m=test";
  EXPECT_EQ(Send({.target = "/users", .method = "POST", .accept = accept}).status, 401);
  const Reply reply =
      Send({.target = "/users", .method = "POST", .body = "{}", .as = "bedita", .accept = accept});
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(reply.Title(), "Bad request content type \"application/vnd.api+json; m=test\"");
}

TEST(BeditaGate, ChecksRightsBeforeBodies) {
  EXPECT_EQ(Send({.target = "/users", .method = "POST", .body = "{}"}).status, 401);
  EXPECT_EQ(Send({.target = "/users", .method = "POST", .body = "{}", .as = "paul"}).status, 403);
  EXPECT_EQ(Send({.target = "/users", .method = "POST", .body = "{}", .as = "bedita"}).Title(),
            "Invalid JSON input");
}

TEST(BeditaGate, ChecksMethodsLast) {
  EXPECT_EQ(Send({.target = "/users/1", .method = "PUT"}).status, 401);
  EXPECT_EQ(Send({.target = "/users/1", .method = "PUT", .as = "paul"}).status, 403);
  const Reply reply = Send({.target = "/users/1", .method = "PUT", .as = "bedita"});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.Title(), "Method Not Allowed");
  EXPECT_EQ(reply.Header("Allow"), "GET, HEAD, PATCH, DELETE");
  EXPECT_EQ(Send({.target = "/home", .method = "POST"}).Header("Allow"), "GET, HEAD");
}

TEST(BeditaGate, RefusesBodiesOfOtherTypes) {
  const Reply reply = Send({.target = "/users",
                            .method = "POST",
                            .body = "x",
                            .as = "bedita",
                            .content_type = "text/plain"});
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(reply.Title(), "Unsupported Media Type");
}

TEST(BeditaGate, RefusesBodiesAboveTheLimit) {
  config::Settings settings = World::Defaults();
  settings.bedita.max_body = 1024;
  World world(settings);
  const Reply reply =
      world.Send({.target = "/auth", .method = "POST", .body = std::string(1025, ' '), .key = ""});
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.Title(), "Payload Too Large");
}

TEST(BeditaGate, TakesOneSlashAtTheEnd) {
  EXPECT_EQ(Send({.target = "/home/"}).status, 200);
  EXPECT_EQ(Send({.target = "/home//"}).status, 404);
  EXPECT_EQ(Send({.target = "/HOME"}).status, 404);
}

TEST(BeditaGate, NegotiatesTheType) {
  EXPECT_EQ(Send({}).Header("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(Send({.accept = ""}).Header("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(Send({.accept = "application/json"}).Header("Content-Type"), "application/json");
  EXPECT_EQ(Send({.key = "", .accept = "application/json"}).Header("Content-Type"),
            "application/json");
}

TEST(BeditaGate, NamesItsVersionEverywhere) {
  EXPECT_EQ(Send({}).Header("X-BEdita-Version"), "4.13.1");
  EXPECT_EQ(Send({.target = "/nothing"}).Header("X-BEdita-Version"), "4.13.1");
  EXPECT_EQ(Send({}).Header("Cache-Control"), "no-store");
}

TEST(BeditaGate, EscapesWhatPagesCouldTakeForTheirs) {
  const Reply reply = Send({.target = "/home?q=<b>&a='x'"});
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/home?q=%3Cb%3E&a=%27x%27");
  EXPECT_EQ(Send({.target = "/<i>&'"}).body.find_first_of("<>&'"), std::string::npos);
}

TEST(BeditaGate, RefusesQueriesThatAreNoText) {
  EXPECT_EQ(Send({.target = "/home?q=%ff"}).status, 400);
  EXPECT_EQ(Send({.target = "/home?q=%ff", .key = ""}).status, 403);
}

TEST(BeditaGate, KeepsThePrefixOfTheMount) {
  const Reply reply = Send({.prefix = "/dir"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.At("links/self"), "https://dir.example.org/dir/home");
}

TEST(BeditaGate, NamesThePatternAndThePersonForTheLog) {
  const Reply reply = Send({.target = "/users/3/relationships/roles", .as = "mara"});
  EXPECT_EQ(reply.route, "/users/{id}/relationships/roles");
  EXPECT_EQ(reply.person, 2U);
}

TEST(BeditaGate, AddsCorsHeaders) {
  config::Settings settings = World::Defaults();
  settings.bedita.cors_allow_origin = {"https://app.example.com"};
  settings.bedita.cors_expose_headers = {"X-BEdita-Version"};
  settings.bedita.cors_allow_credentials = true;
  settings.bedita.cors_max_age = std::chrono::seconds(60);
  World world(settings);
  const Reply reply = world.Send({.target = "/users",
                                  .method = "OPTIONS",
                                  .key = "",
                                  .headers = {{"Origin", "https://app.example.com"}}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "https://app.example.com");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Methods"), "GET, POST, PATCH, DELETE");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Headers"),
            "Accept, Authorization, Content-Type, X-Api-Key");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(reply.Header("Access-Control-Expose-Headers"), "X-BEdita-Version");
  EXPECT_EQ(reply.Header("Access-Control-Max-Age"), "60");
  EXPECT_EQ(reply.Header("Vary"), "Origin");
  const Reply other = world.Send({.key = "", .headers = {{"Origin", "https://evil.example.net"}}});
  EXPECT_EQ(other.Header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(other.Header("Vary"), "Origin");
}

TEST(BeditaGate, SignsUsersIn) {
  World& world = World::Shared();
  const TokenPair tokens = world.Login("bedita");
  const Reply home = world.Send({.key = "", .bearer = tokens.jwt});
  EXPECT_EQ(home.status, 200);
  EXPECT_EQ(home.person, 1U);
}

}  // namespace
}  // namespace rosterd::bedita
