#include "handlers/cscart/etag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

constexpr const char* kTag = "\"44136fa355b3678a1146ad16f7e8649e\"";  // SHA-256 of {}, cut in two

int StatusFor(const std::string& if_none_match) {
  fcgi::Request request;
  request.AddParam("HTTP_IF_NONE_MATCH", if_none_match);
  return TaggedResponse(request, "{}").status;
}

TEST(CscartEtag, TagsAnAnswer) {
  const fcgi::Response response = TaggedResponse({}, "{}");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{}");
  EXPECT_THAT(response.headers, ::testing::Contains(::testing::Pair("ETag", kTag)));
}

TEST(CscartEtag, LeavesOutWhatTheClientHas) {
  EXPECT_EQ(StatusFor(kTag), 304);
  EXPECT_EQ(StatusFor(std::string("\"x\", W/") + kTag), 304);
  EXPECT_EQ(StatusFor("*"), 304);
}

TEST(CscartEtag, AnswersWhatTheClientHasNot) {
  EXPECT_EQ(StatusFor("\"x\""), 200);
  EXPECT_EQ(StatusFor(""), 200);
}

}  // namespace
}  // namespace rosterd::cscart
