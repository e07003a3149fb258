#include "handlers/bedita/query.h"

#include <gtest/gtest.h>

namespace rosterd::bedita {
namespace {

Query Read(std::string_view raw) { return Query::Parse(raw).value(); }

TEST(BeditaQuery, RepeatsItselfEncoded) {
  EXPECT_EQ(Read("page_size=1&fields=username,name").Encoded(),
            "?page_size=1&fields=username%2Cname");
  EXPECT_EQ(Read("filter[status]=on&q=a+b").Encoded(), "?filter%5Bstatus%5D=on&q=a%20b");
  EXPECT_EQ(Read("filter[mine]").Encoded(), "?filter%5Bmine%5D=");
  EXPECT_EQ(Read("").Encoded(), "");
}

TEST(BeditaQuery, PutsThePageWhereItStood) {
  EXPECT_EQ(Read("a=1&page=3&b=2").WithPage(4), "?a=1&page=4&b=2");
  EXPECT_EQ(Read("a=1&page=3&b=2").WithPage(1), "?a=1&b=2");
  EXPECT_EQ(Read("a=1").WithPage(2), "?a=1&page=2");
  EXPECT_EQ(Read("page=2").WithPage(1), "");
  EXPECT_EQ(Read("page=2&page=5").WithPage(3), "?page=3");
}

TEST(BeditaQuery, ReadsTextsAndTrees) {
  const Query query = Read("q=a%20b&filter[name]=x&list[]=1");
  EXPECT_EQ(query.Text("q"), "a b");
  EXPECT_EQ(query.Text("filter"), std::nullopt);
  EXPECT_EQ(*query.Find("filter")->Find("name")->AsText(), "x");
  EXPECT_FALSE(query.Has("page"));
}

TEST(BeditaQuery, RefusesWhatIsNoText) {
  EXPECT_FALSE(Query::Parse("q=%ff"));
  EXPECT_FALSE(Query::Parse("%fe=1"));
  EXPECT_FALSE(Query::Parse("a[b][c][d][e][f][g][h][i][j][k]=1"));
}

}  // namespace
}  // namespace rosterd::bedita
