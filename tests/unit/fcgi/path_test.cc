#include "fcgi/path.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

using std::string_view_literals::operator""sv;

/// The segments joined with "|", a "/" behind them for a trailing slash, or "refused".
std::string Split(std::string_view raw) {
  const auto path = SplitPath(raw);
  if (!path) return "refused";
  std::string shown;
  for (const auto& segment : path->segments) shown += (shown.empty() ? "" : "|") + segment;
  return path->trailing_slash ? shown + '/' : shown;
}

TEST(Path, SplitsAtSlashes) {
  EXPECT_EQ(Split("/api/2.0/users/3"), "api|2.0|users|3");
  EXPECT_EQ(Split("/shop/api/2.0/users/3"), "shop|api|2.0|users|3");
  EXPECT_EQ(Split("/api.php"), "api.php");
}

TEST(Path, TellsATrailingSlash) {
  EXPECT_EQ(Split("/api/2.0/users/3/"), "api|2.0|users|3/");
  EXPECT_EQ(Split("users/"), "users/");
}

TEST(Path, HasNoSegmentsAtTheRoot) {
  EXPECT_EQ(Split("/"), "");
  EXPECT_EQ(Split(""), "");
}

TEST(Path, TakesAMissingLeadingSlashAsThere) { EXPECT_EQ(Split("2.0/users/3"), "2.0|users|3"); }

TEST(Path, DecodesEachSegmentOnce) {
  EXPECT_EQ(Split("/api/2.0/users%2F3/"), "api|2.0|users/3/");
  EXPECT_EQ(Split("/%2541"), "%41");
  EXPECT_EQ(Split("/a+b%20c"), "a+b c");
  EXPECT_EQ(Split("/%D0%92%d0%b5"), "\xD0\x92\xD0\xB5");
  EXPECT_EQ(Split("/a%3Fb%23c"), "a?b#c");
}

TEST(Path, RefusesEmptySegments) {
  for (const char* raw : {"//", "///", "//users", "/users//3", "/users/3//"})
    EXPECT_EQ(Split(raw), "refused");
}

TEST(Path, RefusesDotSegmentsHoweverWritten) {
  for (const char* raw : {"/.", "/..", "/a/./b", "/a/../b", "/a/%2e%2E/b", "/a/.%2e", "/%2e",
                          "/a/../", "..", "./a"}) {
    EXPECT_EQ(Split(raw), "refused") << raw;
  }
  EXPECT_EQ(Split("/.../.a/a."), "...|.a|a.");
}

TEST(Path, RefusesNul) {
  EXPECT_EQ(Split("/a%00b"), "refused");
  EXPECT_EQ(Split("/a\0b"sv), "refused");
}

TEST(Path, RefusesMalformedEscapes) {
  for (const char* raw : {"/%", "/%4", "/a%4/1", "/%zz", "/%4g", "/100%/x"})
    EXPECT_EQ(Split(raw), "refused");
}

TEST(Path, RefusesInvalidUtf8) {
  for (const char* raw : {"/%FF", "/%C0%80", "/%ED%A0%80", "/\xC3", "/%C3/%A9"})
    EXPECT_EQ(Split(raw), "refused");
}

}  // namespace
}  // namespace rosterd::fcgi
