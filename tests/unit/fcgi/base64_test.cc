#include "fcgi/base64.h"

#include <gtest/gtest.h>

namespace rosterd::fcgi {
namespace {

TEST(Base64, IsDecodedWithPaddingAndWithout) {
  EXPECT_EQ(DecodeBase64(""), "");
  EXPECT_EQ(DecodeBase64("YQ=="), "a");
  EXPECT_EQ(DecodeBase64("YQ"), "a");
  EXPECT_EQ(DecodeBase64("YWI="), "ab");
  EXPECT_EQ(DecodeBase64("+/8A"), std::string("\xfb\xff\0", 3));
}

TEST(Base64, SkipsWhatItIsTold) {
  EXPECT_EQ(DecodeBase64(" Y\nWJ\tj\r\n", " \t\r\n"), "abc");
  EXPECT_EQ(DecodeBase64("YQ = =\n", " \n"), "a");
  EXPECT_EQ(DecodeBase64(" YWJj"), std::nullopt);
}

TEST(Base64, IsNothingElse) {
  for (const char* text : {"Y", "YQ=", "YQ===", "YQ==YQ==", "=", "Y*==", "-_8A", "YWJj\n"}) {
    EXPECT_EQ(DecodeBase64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace rosterd::fcgi
