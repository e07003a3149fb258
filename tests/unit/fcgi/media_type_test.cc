#include "fcgi/media_type.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

/// "type q" of each entry, joined with ", ".
std::string Read(std::string_view accept) {
  std::string shown;
  for (const auto& range : ParseAccept(accept)) {
    shown += (shown.empty() ? "" : ", ") + range.type + ' ' + std::to_string(range.q);
  }
  return shown;
}

TEST(MediaType, IsLowerCaseWithoutParameters) {
  EXPECT_EQ(MediaType("Application/JSON; charset=utf-8"), "application/json");
  EXPECT_EQ(MediaType(" text/plain\t"), "text/plain");
  EXPECT_EQ(MediaType("multipart/form-data;boundary=x"), "multipart/form-data");
  EXPECT_EQ(MediaType(""), "");
  EXPECT_EQ(MediaType(";charset=utf-8"), "");
}

TEST(Accept, ReadsTypesInOrder) {
  EXPECT_EQ(Read("Text/Plain , application/json"), "text/plain 1000, application/json 1000");
  EXPECT_EQ(Read("*/*"), "*/* 1000");
  EXPECT_EQ(Read(""), "");
}

TEST(Accept, PutsTheBestFirstAndKeepsTheOrderOfEquals) {
  EXPECT_EQ(Read("a/b;q=0.5, c/d, e/f; q=0.5, g/h;Q=0.75, i/j"),
            "c/d 1000, i/j 1000, g/h 750, a/b 500, e/f 500");
}

TEST(Accept, ReadsWhatBrowsersSend) {
  EXPECT_EQ(
      Read("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"),
      "text/html 1000, application/xhtml+xml 1000, image/avif 1000, application/xml 900, */* 800");
}

TEST(Accept, ReadsWhatJavaSends) {
  EXPECT_EQ(Read("text/html, image/gif, *; q=.2, */*; q=.2"),
            "text/html 1000, image/gif 1000, */* 200, */* 200");
}

TEST(Accept, KeepsEntriesThatAreNotWanted) {
  EXPECT_EQ(Read("a/b;q=0, c/d;q=0.000"), "a/b 0, c/d 0");
}

TEST(Accept, ReadsQInThousandths) {
  EXPECT_EQ(Read("a/b;q=1.000, a/c;q=0.999, a/d;q=0.001, a/e;q=0.12345, a/f;q=1., a/g;q=0."),
            "a/b 1000, a/f 1000, a/c 999, a/e 123, a/d 1, a/g 0");
}

TEST(Accept, DropsOtherParameters) {
  EXPECT_EQ(Read("text/html;level=1;q=0.3, application/vnd.api+json; ext=\"a,b;q=0.1\"; q=0.9"),
            "application/vnd.api+json 900, text/html 300");
}

TEST(Accept, SkipsMalformedEntries) {
  EXPECT_EQ(Read("json, a/b;q=2, a/c;q=x, a/d;q=, */json, a b/c, /x, y/, a/b/c, ;q=1, , c/d;q=-1, "
                 "e/f;q=1.001, g/h;q=0.5.5, ok/ok"),
            "ok/ok 1000");
  EXPECT_EQ(Read("a/b;q=\"0.5"), "");
}

TEST(Covers, KnowsTheThreeKindsOfRange) {
  EXPECT_TRUE(Covers("*/*", "application/json"));
  EXPECT_TRUE(Covers("application/*", "application/json"));
  EXPECT_TRUE(Covers("application/json", "application/json"));
  EXPECT_FALSE(Covers("text/*", "application/json"));
  EXPECT_FALSE(Covers("app/*", "application/json"));
  EXPECT_FALSE(Covers("application/json", "application/vnd.api+json"));
  EXPECT_FALSE(Covers("application", "application/json"));
}

}  // namespace
}  // namespace rosterd::fcgi
