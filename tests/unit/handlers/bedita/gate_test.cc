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

TEST(BeditaGate, SignsUsersIn) {
  World& world = World::Shared();
  const TokenPair tokens = world.Login("bedita");
  const Reply home = world.Send({.key = "", .bearer = tokens.jwt});
  EXPECT_EQ(home.status, 200);
  EXPECT_EQ(home.person, 1U);
}

}  // namespace
}  // namespace rosterd::bedita
