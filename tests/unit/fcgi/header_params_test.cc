#include "fcgi/header_params.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

/// "value|name=text|…", or "refused".
std::string Read(std::string_view header) {
  const auto parsed = ParseHeaderParams(header);
  if (!parsed) return "refused";
  std::string shown = parsed->value;
  for (const auto& param : parsed->params) shown += '|' + param.name + '=' + param.value;
  return shown;
}

TEST(HeaderParams, ReadsTokensAndQuotedTexts) {
  EXPECT_EQ(Read("Form-Data; Name=\"A b\" ; filename=X.png"), "form-data|name=A b|filename=X.png");
  EXPECT_EQ(Read("text/plain"), "text/plain");
  EXPECT_EQ(Read("a;b=;c=\"\""), "a|b=|c=");
  EXPECT_EQ(Read("a ; ;b = c;"), "a|b=c");
  EXPECT_EQ(Read(""), "");
}

TEST(HeaderParams, KeepsSeparatorsInsideQuotes) {
  EXPECT_EQ(Read("a; b=\"x;y=\\\";z\"; c=d"), "a|b=x;y=\";z|c=d");
}

TEST(HeaderParams, TakesABackslashOnlyBeforeAQuoteOrABackslash) {
  EXPECT_EQ(Read(R"(a; b="C:\x\\y\"z")"), R"(a|b=C:\x\y"z)");
}

TEST(HeaderParams, RefusesWhatIsNoParameter) {
  for (const char* header :
       {"a; b", "a; =c", "a; b=\"c", "a; b=\"c\"d", "a; b=\"c\\\"", "a; \"b\"=c", "a; b=\""}) {
    EXPECT_EQ(Read(header), "refused") << header;
  }
}

TEST(HeaderParams, FindsTheFirstOfAName) {
  const auto parsed = ParseHeaderParams("a; x=1; X=2");
  EXPECT_EQ(*parsed->Find("x"), "1");
  EXPECT_EQ(parsed->Find("y"), nullptr);
}

TEST(SplitOutsideQuotes, TrimsThePieces) {
  EXPECT_EQ(SplitOutsideQuotes(" a , \"b,c\" ,", ','),
            (std::vector<std::string_view>{"a", "\"b,c\"", ""}));
}

}  // namespace
}  // namespace rosterd::fcgi
