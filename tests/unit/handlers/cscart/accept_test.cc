#include "handlers/cscart/accept.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

TEST(CscartAccept, AnswersJsonWhenNothingIsAsked) {
  EXPECT_EQ(NegotiateType(""), "application/json");
}

TEST(CscartAccept, AnswersJsonToWildcards) {
  EXPECT_EQ(NegotiateType("*/*"), "application/json");
  EXPECT_EQ(NegotiateType("application/*"), "application/json");
}

TEST(CscartAccept, AnswersJavascriptAsJson) {
  EXPECT_EQ(NegotiateType("application/javascript"), "application/json");
}

TEST(CscartAccept, AnswersTextToText) {
  EXPECT_EQ(NegotiateType("text/plain"), "text/plain");
  EXPECT_EQ(NegotiateType("text/*"), "text/plain");
}

TEST(CscartAccept, FollowsTheQualities) {
  EXPECT_EQ(NegotiateType("application/json;q=0.5, text/plain"), "text/plain");
  EXPECT_EQ(NegotiateType("application/json, text/plain, */*"), "application/json");
}

TEST(CscartAccept, AnswersJsonToBrowsers) {
  EXPECT_EQ(NegotiateType("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            "application/json");
}

TEST(CscartAccept, RefusesWhatItDoesNotSpeak) {
  EXPECT_EQ(NegotiateType("application/xml"), std::nullopt);
  EXPECT_EQ(NegotiateType("application/json;q=0"), std::nullopt);
}

TEST(CscartAccept, LeavesOutWhatIsExcluded) {
  EXPECT_EQ(NegotiateType("application/json;q=0, text/*"), "text/plain");
}

}  // namespace
}  // namespace rosterd::cscart
