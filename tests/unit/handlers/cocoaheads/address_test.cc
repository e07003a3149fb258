#include "handlers/cocoaheads/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::cocoaheads {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Segments(const std::string& path, const std::string& prefix = "") {
  fcgi::Request request;
  request.raw_path = path;
  request.prefix = prefix;
  const auto address = ParseAddress(request);
  return address ? address->segments : std::vector<std::string>{"(none)"};
}

TEST(CocoaheadsAddress, WritesSynonymsInOneWay) {
  EXPECT_THAT(Segments("/user/7"), ElementsAre("users", "7"));
  EXPECT_THAT(Segments("/api/user/notification/7/"), ElementsAre("users", "clients", "7"));
  EXPECT_THAT(Segments("/users/clients"), ElementsAre("users", "clients"));
  EXPECT_THAT(Segments("/api/api/user"), ElementsAre("api", "user"));
  EXPECT_THAT(Segments("/notification"), ElementsAre("notification"));
}

TEST(CocoaheadsAddress, StripsThePrefixAtASlashAlone) {
  EXPECT_THAT(Segments("/c/users", "/c"), ElementsAre("users"));
  EXPECT_THAT(Segments("/c/users", "/c/"), ElementsAre("users"));
  EXPECT_THAT(Segments("/cx/users", "/c"), ElementsAre("cx", "users"));
  EXPECT_THAT(Segments("/c/api/users", "/c"), ElementsAre("users"));
}

TEST(CocoaheadsAddress, KeepsTheFacadeWholeWhicheverWayItIsMounted) {
  EXPECT_THAT(Segments("/method/user/edit"), ElementsAre("method", "user", "edit"));
  EXPECT_THAT(Segments("/method/user/edit", "/method"), ElementsAre("method", "user", "edit"));
  EXPECT_THAT(Segments("/c/method/user/edit", "/c/method"), ElementsAre("method", "user", "edit"));
}

TEST(CocoaheadsAddress, KnowsIdsByTheirDigits) {
  EXPECT_TRUE(IsId("1"));
  EXPECT_TRUE(IsId("9999999999999999999"));
  for (const char* text : {"", "0", "01", "-1", "+1", "1a", "10000000000000000000", "١"}) {
    EXPECT_FALSE(IsId(text)) << text;
  }
}

}  // namespace
}  // namespace rosterd::cocoaheads
