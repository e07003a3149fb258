#include "handlers/cocoaheads/text_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::cocoaheads {
namespace {

TEST(CocoaheadsCharacters, AreCodePoints) {
  EXPECT_EQ(Characters(""), 0U);
  EXPECT_EQ(Characters("Вера"), 4U);
  EXPECT_EQ(Characters("a😀"), 2U);
}

TEST(CocoaheadsEmail, HasOneAtWithTextAround) {
  for (const char* text : {"a@b", "вера@пример.рф", "a.b+c@d.e", "\"q\"@d"}) {
    EXPECT_TRUE(IsEmail(text)) << text;
  }
  for (const char* text : {"", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n", "a\x7F@b"}) {
    EXPECT_FALSE(IsEmail(text)) << text;
  }
  EXPECT_TRUE(IsEmail(std::string(252, 'a') + "@b"));
  EXPECT_FALSE(IsEmail(std::string(253, 'a') + "@b"));
}

}  // namespace
}  // namespace rosterd::cocoaheads
