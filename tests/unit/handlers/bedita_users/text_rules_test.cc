#include "handlers/bedita/text_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::bedita {
namespace {

TEST(BeditaTextRules, TakeUsernames) {
  for (const std::string_view text : {"johndoe", "first user", "a.b.c", "john@example.org", "日本",
                                      "o'neill", "x_y-z", "john@localhost"}) {
    EXPECT_TRUE(IsUsername(text)) << text;
  }
}

TEST(BeditaTextRules, RefuseUsernames) {
  for (const std::string_view text :
       {"a<b", "a>b", "http://x", "a/b", "a=b", "a..b", ".a", "a.", "first user.name", "a b.c"}) {
    EXPECT_FALSE(IsUsername(text)) << text;
  }
}

TEST(BeditaTextRules, TakeNames) {
  for (const std::string_view text :
       {"John", "J. R. R.", "St.Ives", "Dr.X", "a.b", "O'Neill-Müller"}) {
    EXPECT_TRUE(IsPersonName(text)) << text;
  }
}

TEST(BeditaTextRules, RefuseNamesThatAreAdvertisements) {
  for (const std::string_view text :
       {"visit example.org", "<b>", "a:b", "a/b", "x=1", "www.shop"}) {
    EXPECT_FALSE(IsPersonName(text)) << text;
  }
}

TEST(BeditaTextRules, TakeMailAddresses) {
  for (const std::string_view text :
       {"john@example.org", "j.d+x@a-b.example.co", "jörg@müller.de"}) {
    EXPECT_TRUE(IsEmailAddress(text)) << text;
  }
}

TEST(BeditaTextRules, RefuseMailAddresses) {
  for (const std::string_view text :
       {"", "john", "@example.org", "john@", "john@example", "a b@example.org", "a@b@example.org",
        ".a@example.org", "a..b@example.org", "a@-x.org", "a@x..org", "a@x.1", "a@x.org\n",
        "a,b@x.org"}) {
    EXPECT_FALSE(IsEmailAddress(text)) << text;
  }
}

TEST(BeditaTextRules, TakeWebAddresses) {
  for (const std::string_view text :
       {"http://example.org", "https://www.example.org:8080/x?y=1#z", "FTP://example.org",
        "https://192.0.2.1/", "https://user@example.org/", "https://[2001:db8::1]:80/"}) {
    EXPECT_TRUE(IsWebAddress(text)) << text;
  }
}

TEST(BeditaTextRules, RefuseWebAddresses) {
  for (const std::string_view text :
       {"", "example.org", "www.example.org", "https://activate", "https://", "http:///x",
        "javascript://example.org", "https://exa mple.org", "https://example.org:x/",
        "https://.org", "//example.org"}) {
    EXPECT_FALSE(IsWebAddress(text)) << text;
  }
}

TEST(BeditaTextRules, TakeRoleNames) {
  for (const std::string_view text : {"admin", "dummy role", "Dummy Role", "a1", "a_b c_d"}) {
    EXPECT_TRUE(IsRoleName(text)) << text;
  }
  EXPECT_TRUE(IsRoleName(std::string(32, 'a')));
}

TEST(BeditaTextRules, RefuseRoleNames) {
  for (const std::string_view text :
       {"", "a", "1a", "first-role", "_a", "a  b", "ab ", " ab", "rôle", "a\tb"}) {
    EXPECT_FALSE(IsRoleName(text)) << text;
  }
  EXPECT_FALSE(IsRoleName(std::string(33, 'a')));
}

}  // namespace
}  // namespace rosterd::bedita
