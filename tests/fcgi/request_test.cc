#include "fcgi/request.h"

#include <gtest/gtest.h>

#include <utility>

namespace rosterd::fcgi {
namespace {

TEST(Request, FindsAHeaderInAnyCase) {
  Request request;
  request.AddParam("HTTP_USER_TOKEN", "abc");

  EXPECT_EQ(request.Header("User-Token"), "abc");
  EXPECT_EQ(request.Header("user-token"), "abc");
  EXPECT_EQ(request.Header("User-Toke"), std::nullopt);
  EXPECT_EQ(request.Header("Token"), std::nullopt);
}

TEST(Request, FindsTheHeadersThatCgiNamesWithoutPrefix) {
  Request request;
  request.AddParam("CONTENT_TYPE", "text/plain");
  request.AddParam("CONTENT_LENGTH", "4");

  EXPECT_EQ(request.Header("Content-Type"), "text/plain");
  EXPECT_EQ(request.Header("content-length"), "4");
}

TEST(Request, GivesTheFirstOfARepeatedHeader) {
  Request request;
  request.AddParam("HTTP_ACCEPT", "first");
  request.AddParam("HTTP_ACCEPT", "second");

  EXPECT_EQ(request.Header("Accept"), "first");
}

TEST(Request, TellsAnEmptyParameterFromNone) {
  Request request;
  request.AddParam("EMPTY", "");

  EXPECT_EQ(request.Param("EMPTY"), "");
  EXPECT_EQ(request.Param("NONE"), std::nullopt);
  EXPECT_EQ(request.Param("empty"), std::nullopt);
}

TEST(Request, KeepsItsParametersWhenCopiedAndMoved) {
  Request request;
  request.AddParam("A", "1");
  const Request copy = request;
  const Request moved = std::move(request);

  EXPECT_EQ(copy.Param("A"), "1");
  EXPECT_EQ(moved.Param("A"), "1");
}

}  // namespace
}  // namespace rosterd::fcgi
