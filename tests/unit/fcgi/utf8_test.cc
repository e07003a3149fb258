#include <gtest/gtest.h>

#include "fcgi/json.h"

namespace rosterd::fcgi {
namespace {

using std::string_view_literals::operator""sv;

TEST(Utf8, TakesEveryLengthOfSequence) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("a\0b"sv));
  EXPECT_TRUE(IsUtf8("\x7F\xC2\x80\xDF\xBF"));
  EXPECT_TRUE(IsUtf8("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  EXPECT_TRUE(IsUtf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesSurrogates) {
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));
  EXPECT_FALSE(IsUtf8("\xED\xB0\x80"));
  EXPECT_FALSE(IsUtf8("\xED\xA0\xBD\xED\xB8\x80"));
}

TEST(Utf8, RefusesOverlongForms) {
  EXPECT_FALSE(IsUtf8("\xC0\x80"));
  EXPECT_FALSE(IsUtf8("\xC1\xBF"));
  EXPECT_FALSE(IsUtf8("\xE0\x9F\xBF"));
  EXPECT_FALSE(IsUtf8("\xF0\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesWhatLiesAboveUnicode) {
  EXPECT_FALSE(IsUtf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(IsUtf8("\xF5\x80\x80\x80"));
  EXPECT_FALSE(IsUtf8("\xFF"));
}

TEST(Utf8, RefusesBytesOutOfPlace) {
  EXPECT_FALSE(IsUtf8("\x80"));
  EXPECT_FALSE(IsUtf8("\xC3"));
  EXPECT_FALSE(IsUtf8("\xE2\x82"));
  EXPECT_FALSE(IsUtf8("\xF0\x9F\x98"));
  EXPECT_FALSE(IsUtf8("\xE2\x82g"));
  EXPECT_FALSE(IsUtf8("\xF0\x9F\x98\xC0"));
  EXPECT_FALSE(IsUtf8("ok \xC3("));
}

}  // namespace
}  // namespace rosterd::fcgi
