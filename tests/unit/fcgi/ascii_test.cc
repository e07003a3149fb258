#include "fcgi/ascii.h"

#include <gtest/gtest.h>

namespace rosterd::fcgi {
namespace {

TEST(Ascii, LowersLettersAndNothingElse) {
  EXPECT_EQ(AsciiLower("Basic-AZ[`\xC4\x84"), "basic-az[`\xC4\x84");
}

TEST(Ascii, ComparesWithoutRegardToCase) {
  EXPECT_TRUE(EqualsIgnoringCase("UTF-8", "utf-8"));
  EXPECT_FALSE(EqualsIgnoringCase("utf-8", "utf-88"));
  EXPECT_FALSE(EqualsIgnoringCase("[", "{"));
}

TEST(Ascii, TrimsBlanksAndTabsOnly) {
  EXPECT_EQ(Trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(Trimmed(" \t"), "");
  EXPECT_EQ(Trimmed("\na"), "\na");
}

TEST(Ascii, ReadsTwoHexDigits) {
  EXPECT_EQ(HexByte('4', '1'), 'A');
  EXPECT_EQ(HexByte('f', 'F'), '\xFF');
  EXPECT_EQ(HexByte('0', 'g'), std::nullopt);
  EXPECT_EQ(HexByte('@', '0'), std::nullopt);
}

TEST(Ascii, CutsOffTheFront) {
  std::string_view rest = "a,b,";
  EXPECT_EQ(CutUntil(rest, ','), "a");
  EXPECT_EQ(CutUntil(rest, ','), "b");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(CutUntil(rest, ','), "");
}

}  // namespace
}  // namespace rosterd::fcgi
