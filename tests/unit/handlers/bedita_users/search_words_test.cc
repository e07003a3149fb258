#include "handlers/bedita/search_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::bedita {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BeditaSearchWords, AreCutAtEverythingButLettersDigitsAndUnderscores) {
  EXPECT_THAT(SearchWords("john.doe@example-org li_n x12"),
              ElementsAre("john", "doe", "example", "org", "li_n", "x12"));
}

TEST(BeditaSearchWords, CountCharactersAndNotBytes) {
  EXPECT_THAT(SearchWords("éé ééé ab abc"), ElementsAre("ééé", "abc"));
  EXPECT_THAT(SearchWords("日本 日本語"), ElementsAre("日本語"));
}

TEST(BeditaSearchWords, AreCutAtPunctuationBeyondAscii) {
  EXPECT_THAT(SearchWords("one—two… «three»"), ElementsAre("one", "two", "three"));
  EXPECT_THAT(SearchWords("one\xf0\x9f\x98\x80two"), ElementsAre("one", "two"));
}

TEST(BeditaSearchWords, CountOnce) { EXPECT_THAT(SearchWords("abc abc"), ElementsAre("abc")); }

TEST(BeditaSearchWords, AreNoneWhereAllAreShort) {
  EXPECT_THAT(SearchWords("a bc !! %%%"), IsEmpty());
  EXPECT_THAT(SearchWords(""), IsEmpty());
}

}  // namespace
}  // namespace rosterd::bedita
