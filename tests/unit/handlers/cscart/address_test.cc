#include "handlers/cscart/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Address Parse(const std::string& path, const std::string& query = "") {
  fcgi::Request request;
  request.raw_path = path;
  request.query = query;
  return ParseAddress(request);
}

TEST(CscartAddress, ReadsEverySpellingOfOneUser) {
  for (const char* path : {"/api/2.0/users/3", "/api/2.0/users/3/", "/api/2/users/3",
                           "/shop/api/2.0/users/3", "/a/b/api/2.0/users/3"}) {
    const Address address = Parse(path);
    EXPECT_TRUE(address.known) << path;
    EXPECT_EQ(address.version, Version::kTwo) << path;
    EXPECT_THAT(address.segments, ElementsAre("users", "3")) << path;
  }
}

TEST(CscartAddress, ReadsTheQueryFormOfAPath) {
  for (const char* query :
       {"_d=2.0/users/3&ajax_custom=1", "_d=2.0%2Fusers%2F3", "ajax_custom=1&_d=2.0/users/3/"}) {
    const Address address = Parse("/api.php", query);
    EXPECT_EQ(address.version, Version::kTwo) << query;
    EXPECT_THAT(address.segments, ElementsAre("users", "3")) << query;
    EXPECT_TRUE(address.query.AsObject()->empty()) << query;
  }
}

TEST(CscartAddress, NamesNoVersionWhenThePathHasNone) {
  EXPECT_EQ(Parse("/api/users").version, std::nullopt);
  EXPECT_THAT(Parse("/api.php", "_d=users/3").segments, ElementsAre("users", "3"));
}

TEST(CscartAddress, KnowsTheVersionsOfTheContract) {
  EXPECT_EQ(Parse("/api/1.0/users").version, Version::kOne);
  EXPECT_EQ(Parse("/api/1/users").version, Version::kOne);
  EXPECT_EQ(Parse("/api/2.1/users").version, Version::kFour);
  EXPECT_EQ(Parse("/api/4.0/users").version, Version::kFour);
  EXPECT_EQ(Parse("/api/4.1/users").version, Version::kFour);
  EXPECT_EQ(Parse("/api/4.1/users").version_name, "4.1");
  EXPECT_EQ(Parse("/api/2/users").version_name, "2.0");
}

TEST(CscartAddress, DoesNotKnowOtherVersions) {
  EXPECT_FALSE(Parse("/api/3.0/users").known);
  EXPECT_FALSE(Parse("/api/2.00/users").known);
  EXPECT_FALSE(Parse("/api/5/users").known);
}

TEST(CscartAddress, DoesNotKnowDoubleSlashes) {
  EXPECT_FALSE(Parse("/api/2.0//users").known);
  EXPECT_FALSE(Parse("/api/2.0/users//").known);
  EXPECT_FALSE(Parse("/api.php", "_d=users//3").known);
}

TEST(CscartAddress, AllowsTwoFoldersInFront) {
  EXPECT_FALSE(Parse("/a/b/c/api/users").known);
  EXPECT_FALSE(Parse("/users").known);
}

TEST(CscartAddress, LeavesTheMountOut) {
  fcgi::Request request;
  request.raw_path = "/a/b/c/api/users";
  request.prefix = "/a/b";
  EXPECT_THAT(ParseAddress(request).segments, ElementsAre("users"));
}

TEST(CscartAddress, HasNoSegmentsAtItsRoot) {
  EXPECT_TRUE(Parse("/api/").known);
  EXPECT_THAT(Parse("/api/").segments, IsEmpty());
  EXPECT_THAT(Parse("/api.php").segments, IsEmpty());
}

TEST(CscartAddress, TakesTheMethodOutOfTheQuery) {
  const Address address = Parse("/api/users/3", "_METHOD=DELETE&status=A");
  EXPECT_EQ(address.override_method, "DELETE");
  EXPECT_EQ(address.query.Find("_METHOD"), nullptr);
  EXPECT_EQ(*address.query.Find("status")->AsText(), "A");
}

TEST(CscartAddress, LetsTheLastOfRepeatedScalarsWin) {
  const Address address = Parse("/api/users", "status=A&status=D");
  EXPECT_EQ(*address.query.Find("status")->AsText(), "D");
}

TEST(CscartAddress, KeepsAllOfARepeatedList) {
  const Address address = Parse("/api/users", "user_types=A&user_types=V");
  EXPECT_EQ(address.query.Find("user_types")->AsList()->size(), 2U);
}

TEST(CscartAddress, MarksAQueryThatIsNoText) {
  EXPECT_FALSE(Parse("/api/users", "name=%FF").readable_query);
  EXPECT_FALSE(Parse("/api/users", "%FF=1").readable_query);
  EXPECT_FALSE(Parse("/api/users", "name[]=%C3%28").readable_query);
}

}  // namespace
}  // namespace rosterd::cscart
