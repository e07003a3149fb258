#include "handlers/bedita/unique_name.h"

#include <gtest/gtest.h>

namespace rosterd::bedita {
namespace {

TEST(BeditaUniqueName, IsTheSlugOfWhatWasGiven) {
  EXPECT_EQ(MakeUname("johndoe", "x"), "johndoe");
  EXPECT_EQ(MakeUname("  John / Doe_2 !", "x"), "john-doe_2");
}

TEST(BeditaUniqueName, IsMadeOfTheUsernameWhenNothingWasGiven) {
  EXPECT_EQ(MakeUname("", "johndoe"), "user-johndoe");
  EXPECT_EQ(MakeUname("", "first user"), "user-first-user");
  EXPECT_EQ(MakeUname("!!!", "john@example.org"), "user-john-example-org");
}

TEST(BeditaUniqueName, IsNeverANumber) { EXPECT_EQ(MakeUname("12!", "x"), "user-12"); }

TEST(BeditaUniqueName, IsUserWhenNothingIsLeft) {
  EXPECT_EQ(MakeUname("", "\xe6\x97\xa5"), "user");
}

TEST(BeditaUniqueName, IsAsciiOfLettersWithMarks) {
  EXPECT_EQ(Slug("Crème Brûlée"), "creme-brulee");
  EXPECT_EQ(Slug("Straße Łódź"), "strasse-lodz");
  EXPECT_EQ(Slug("Ångström"), "angstrom");
  EXPECT_EQ(Slug("e\xcc\x81t\xc3\xa9"), "ete");
  EXPECT_EQ(Slug("Ελλάδα"), "ellada");
  EXPECT_EQ(Slug("Щука объект"), "shchuka-obekt");
  EXPECT_EQ(Slug("Việt Nam"), "viet-nam");
}

TEST(BeditaUniqueName, HoldsAtMost255Characters) {
  EXPECT_EQ(MakeUname(std::string(300, 'a'), "x").size(), 255U);
  EXPECT_EQ(MakeUname("", std::string(300, 'a')).size(), 255U);
  EXPECT_EQ(NextUname(std::string(255, 'a'), "0f0f0f").size(), 255U);
}

TEST(BeditaUniqueName, GetsARandomEndWhenItIsTaken) {
  EXPECT_EQ(NextUname("johndoe", "a1b2c3"), "user-johndoe-a1b2c3");
  EXPECT_EQ(NextUname("user-johndoe", "a1b2c3"), "user-johndoe-a1b2c3");
}

TEST(BeditaUniqueName, KnowsNumbers) {
  for (const std::string_view text : {"12", "-1", "+1.5", ".5", "5.", "1e3", "1E-3", " 12 "}) {
    EXPECT_TRUE(IsNumeric(text)) << text;
  }
  for (const std::string_view text : {"", "a", "1a", "e3", "-", ".", "1e", "1 2", "0x1f"}) {
    EXPECT_FALSE(IsNumeric(text)) << text;
  }
}

}  // namespace
}  // namespace rosterd::bedita
