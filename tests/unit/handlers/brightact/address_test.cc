#include "handlers/brightact/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::brightact {
namespace {

using ::testing::ElementsAre;

std::optional<Address> Parse(const std::string& path, const std::string& prefix = "") {
  fcgi::Request request;
  request.raw_path = path;
  request.prefix = prefix;
  return ParseAddress(request);
}

TEST(BrightactAddress, TakesOneSuffixOffTheLastSegment) {
  EXPECT_THAT(Parse("/api/v1/user/13.json")->segments, ElementsAre("api", "v1", "user", "13"));
  EXPECT_THAT(Parse("/api/v1/users.json")->segments, ElementsAre("api", "v1", "users"));
  EXPECT_THAT(Parse("/api/v1/user/13.json.json")->segments,
              ElementsAre("api", "v1", "user", "13.json"));
  EXPECT_THAT(Parse("/api/v1/user.json/13")->segments, ElementsAre("api", "v1", "user.json", "13"));
}

TEST(BrightactAddress, RemembersThatXmlWasAskedFor) {
  EXPECT_TRUE(Parse("/api/v1/orgs.xml")->xml);
  EXPECT_FALSE(Parse("/api/v1/orgs.json")->xml);
  EXPECT_FALSE(Parse("/api/v1/orgs")->xml);
}

TEST(BrightactAddress, StandsOneTrailingSlash) {
  EXPECT_THAT(Parse("/api/v1/orgs/")->segments, ElementsAre("api", "v1", "orgs"));
  EXPECT_THAT(Parse("/api/v1/orgs.json/")->segments, ElementsAre("api", "v1", "orgs"));
  EXPECT_FALSE(Parse("/api/v1/orgs//"));
}

TEST(BrightactAddress, LeavesTheMountOut) {
  EXPECT_THAT(Parse("/console/api/v1/orgs", "/console")->segments,
              ElementsAre("api", "v1", "orgs"));
  EXPECT_THAT(Parse("/consoles/api/v1/orgs", "/console")->segments,
              ElementsAre("consoles", "api", "v1", "orgs"));
}

TEST(BrightactAddress, IsNothingForAPathThatCannotBeSplit) {
  EXPECT_FALSE(Parse("/api/v1/user/%2e%2e"));
  EXPECT_FALSE(Parse("/api/v1/user/%zz"));
  EXPECT_FALSE(Parse("/"));
}

TEST(BrightactPathId, IsUpToNineteenDigits) {
  EXPECT_EQ(ParsePathId("13", true)->number, 13U);
  EXPECT_EQ(ParsePathId("0013", true)->number, 13U);
  EXPECT_EQ(ParsePathId("0", true)->number, 0U);
  EXPECT_EQ(ParsePathId("9999999999999999999", true)->number, 0U);
  EXPECT_FALSE(ParsePathId("99999999999999999999", true));
  EXPECT_FALSE(ParsePathId("", true));
  EXPECT_FALSE(ParsePathId("-1", true));
  EXPECT_FALSE(ParsePathId("1a", true));
}

TEST(BrightactPathId, IsMyForUsersAlone) {
  EXPECT_TRUE(ParsePathId("my", true)->my);
  EXPECT_FALSE(ParsePathId("my", false));
  EXPECT_FALSE(ParsePathId("My", true));
}

}  // namespace
}  // namespace rosterd::brightact
