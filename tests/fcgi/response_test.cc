#include "fcgi/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::fcgi {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Response, ReplacesAHeaderInAnyCase) {
  Response response;
  response.SetHeader("Content-Type", "text/plain");
  response.SetHeader("Allow", "GET");
  response.SetHeader("content-type", "text/html");

  EXPECT_THAT(response.headers,
              ElementsAre(Pair("Content-Type", "text/html"), Pair("Allow", "GET")));
}

TEST(ReasonPhrase, KnowsTheRegisteredCodes) {
  EXPECT_EQ(ReasonPhrase(100), "Continue");
  EXPECT_EQ(ReasonPhrase(201), "Created");
  EXPECT_EQ(ReasonPhrase(409), "Conflict");
  EXPECT_EQ(ReasonPhrase(511), "Network Authentication Required");
}

TEST(ReasonPhrase, IsNeverEmpty) {
  EXPECT_EQ(ReasonPhrase(0), "Unknown");
  EXPECT_EQ(ReasonPhrase(299), "Unknown");
  EXPECT_EQ(ReasonPhrase(999), "Unknown");
}

}  // namespace
}  // namespace rosterd::fcgi
