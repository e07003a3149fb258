#include "fcgi/form.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fcgi/show.h"

namespace rosterd::fcgi {
namespace {

using std::string_view_literals::operator""sv;

std::string Read(std::string_view text, Repeated repeated = Repeated::kLastWins,
                 FormLimits limits = {}) {
  const auto form = ParseForm(text, repeated, limits);
  return form ? Show(*form) : "refused";
}

TEST(PercentDecode, ReadsEscapesAndPlus) {
  EXPECT_EQ(PercentDecode("%41+b%2b%2B", true), "A b++");
  EXPECT_EQ(PercentDecode("%41+b", false), "A+b");
  EXPECT_EQ(PercentDecode("%00%ff", true), "\0\xFF"sv);
}

TEST(PercentDecode, LeavesAnUnfinishedEscape) {
  EXPECT_EQ(PercentDecode("100%", true), "100%");
  EXPECT_EQ(PercentDecode("%4", true), "%4");
  EXPECT_EQ(PercentDecode("%zz%4g%%41", true), "%zz%4g%A");
}

TEST(Form, ReadsScalars) {
  EXPECT_EQ(Read("email=mira%40shop.example&first=Mira+S"),
            R"({"email":"mira@shop.example","first":"Mira S"})");
  EXPECT_EQ(Read(""), "{}");
}

TEST(Form, ReadsNamesWithoutAValueAsEmpty) {
  EXPECT_EQ(Read("a&b=&c"), R"({"a":"","b":"","c":""})");
}

TEST(Form, SkipsEmptyNamesAndPieces) { EXPECT_EQ(Read("&&=x&a=1&&=&[a]=2&[]=3&"), R"({"a":"1"})"); }

TEST(Form, SplitsAtTheFirstEqualsOnly) {
  EXPECT_EQ(Read("key=a=b==&q==1"), R"({"key":"a=b==","q":"=1"})");
}

TEST(Form, DecodesAfterSplitting) {
  EXPECT_EQ(Read("a%26b=1%262&c%3Dd=2"), R"({"a&b":"1&2","c=d":"2"})");
}

TEST(Form, TakesRawBytesAsTheyAre) {
  EXPECT_EQ(Read("position=Lead \"iOS\" <x>\r\n{|}^`\\~;"),
            "{\"position\":\"Lead \"iOS\" <x>\r\n{|}^`\\~;\"}");
  EXPECT_EQ(Read("a=\xFF\0b"sv), "{\"a\":\"\xFF\0b\"}"sv);
}

TEST(Form, ReadsAJsonBodyAsOneOddName) {
  EXPECT_EQ(Read(R"({"email":"x"})"), R"({"{"email":"x"}":""})");
}

TEST(Form, LetsTheLastScalarWin) { EXPECT_EQ(Read("a=1&b=2&a=3"), R"({"a":"3","b":"2"})"); }

TEST(Form, ListsRepeatedScalarsWhenAsked) {
  EXPECT_EQ(Read("a=1&b=2&a=3&a=4", Repeated::kList), R"({"a":["1","3","4"],"b":"2"})");
  EXPECT_EQ(Read("a[]=1&a=2", Repeated::kList), R"({"a":["1","2"]})");
  EXPECT_EQ(Read("a[k]=1&a[k]=2", Repeated::kList), R"({"a":{"k":["1","2"]}})");
}

TEST(Form, ReadsTheQueriesOfTheShopContract) {
  EXPECT_EQ(Read("_d=2.0%2Fusers%2F3&ajax_custom=1"), R"({"_d":"2.0/users/3","ajax_custom":"1"})");
  EXPECT_EQ(Read("user_type=C&items_per_page=2"), R"({"user_type":"C","items_per_page":"2"})");
  EXPECT_EQ(Read("x[]=1&x[]=2"), R"({"x":["1","2"]})");
  EXPECT_EQ(Read("x[0]=1"), R"({"x":["1"]})");
  EXPECT_EQ(Read("x=1,2"), R"({"x":"1,2"})");
  EXPECT_EQ(Read("x=1&x=2", Repeated::kList), R"({"x":["1","2"]})");
  EXPECT_EQ(Read("privileges%5B%5D=view&privileges%5B%5D=edit"),
            R"({"privileges":["view","edit"]})");
}

TEST(Form, ReadsBracketsWithKeysAsObjects) {
  EXPECT_EQ(Read("a[k]=v&a[l]=w"), R"({"a":{"k":"v","l":"w"}})");
  EXPECT_EQ(Read("filter[status][ne]=on"), R"({"filter":{"status":{"ne":"on"}}})");
  EXPECT_EQ(Read("a[k][]=1&a[k][]=2"), R"({"a":{"k":["1","2"]}})");
  EXPECT_EQ(Read("a[][b]=1&a[][b]=2"), R"({"a":[{"b":"1"},{"b":"2"}]})");
  EXPECT_EQ(Read("a[k]=1&a[k]=2"), R"({"a":{"k":"2"}})");
}

TEST(Form, ReadsIndexesInOrderAsAList) {
  EXPECT_EQ(Read("a[0]=x&a[1]=y&a[0]=z"), R"({"a":["z","y"]})");
  EXPECT_EQ(Read("a[0][n]=x&a[1][n]=y&a[0][m]=z"), R"({"a":[{"n":"x","m":"z"},{"n":"y"}]})");
  EXPECT_EQ(Read("a[]=x&a[1]=y&a[]=z"), R"({"a":["x","y","z"]})");
}

TEST(Form, ReadsOtherIndexesAsAnObject) {
  EXPECT_EQ(Read("a[1]=x&a[0]=y"), R"({"a":{"1":"x","0":"y"}})");
  EXPECT_EQ(Read("a[5]=x&a[]=y"), R"({"a":{"5":"x","6":"y"}})");
  EXPECT_EQ(Read("a[]=x&a[k]=y&a[]=z"), R"({"a":{"0":"x","k":"y","1":"z"}})");
  EXPECT_EQ(Read("a[00]=x"), R"({"a":{"00":"x"}})");
  EXPECT_EQ(Read("a[-0]=x&a[]=y"), R"({"a":{"-0":"x","0":"y"}})");
  EXPECT_EQ(Read("a[-3]=x&a[]=y"), R"({"a":{"-3":"x","-2":"y"}})");
  EXPECT_EQ(Read("a[99999999999999999999]=x&a[]=y"),
            R"({"a":{"99999999999999999999":"x","0":"y"}})");
}

TEST(Form, DropsAnAppendWhenNoIndexIsLeft) {
  EXPECT_EQ(Read("a[9223372036854775807]=x&a[]=y"), R"({"a":{"9223372036854775807":"x"}})");
}

TEST(Form, LetsTheLastKindWin) {
  EXPECT_EQ(Read("a=1&a[]=2"), R"({"a":["2"]})");
  EXPECT_EQ(Read("a=1&a[k]=2"), R"({"a":{"k":"2"}})");
  EXPECT_EQ(Read("a[]=1&a=2"), R"({"a":"2"})");
  EXPECT_EQ(Read("a[k]=1&a=2", Repeated::kList), R"({"a":"2"})");
  EXPECT_EQ(Read("a[k]=1&a[k][l]=2"), R"({"a":{"k":{"l":"2"}}})");
}

TEST(Form, ReadsMangledBracketsAsPhpDoes) {
  EXPECT_EQ(Read("a[b=1"), R"({"a_b":"1"})");
  EXPECT_EQ(Read("a[=1"), R"({"a_":"1"})");
  EXPECT_EQ(Read("a[b[c[=1"), R"({"a_b_c_":"1"})");
  EXPECT_EQ(Read("a]b=1"), R"({"a]b":"1"})");
  EXPECT_EQ(Read("a[b]c=1"), R"({"a":{"b":"1"}})");
  EXPECT_EQ(Read("a[b][c=1"), R"({"a":{"b":"1"}})");
  EXPECT_EQ(Read("a[b[c]=1"), R"({"a":{"b[c":"1"}})");
}

TEST(Form, KeepsDotsAndBlanksInNames) {
  EXPECT_EQ(Read("user.name=1&a+b=2&c=3&+d=4"), R"({"user.name":"1","a b":"2","c":"3","d":"4"})");
}

TEST(Form, RefusesTooManyFields) {
  EXPECT_EQ(Read("a=1&b=2", Repeated::kLastWins, {.fields = 2}), R"({"a":"1","b":"2"})");
  EXPECT_EQ(Read("a=1&a=2&=3", Repeated::kLastWins, {.fields = 2}), "refused");
  EXPECT_EQ(Read("&&&&&a=1", Repeated::kLastWins, {.fields = 1}), R"({"a":"1"})");
}

TEST(Form, RefusesTooManyBrackets) {
  EXPECT_EQ(Read("a[1][2][3][4][5][6][7][8]=x"),
            R"({"a":{"1":{"2":{"3":{"4":{"5":{"6":{"7":{"8":"x"}}}}}}}}})");
  EXPECT_EQ(Read("a[1][2][3][4][5][6][7][8][9]=x"), "refused");
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += "[]";
  EXPECT_EQ(Read(deep), "refused");
}

TEST(Form, AddsDecodedFieldsOneByOne) {
  Value form;
  EXPECT_TRUE(AddField(form, "a+b[]", "1+%41", Repeated::kLastWins, {}));
  EXPECT_TRUE(AddField(form, "", "skipped", Repeated::kLastWins, {}));
  EXPECT_EQ(Show(form), R"({"a+b":["1+%41"]})");
}

TEST(Form, AddsNoMoreNamesThanTheLimit) {
  Value form = Value::OfObject({});
  EXPECT_TRUE(AddField(form, "a", "1", Repeated::kLastWins, {.fields = 1}));
  EXPECT_TRUE(AddField(form, "a", "2", Repeated::kLastWins, {.fields = 1}));
  EXPECT_FALSE(AddField(form, "b", "3", Repeated::kLastWins, {.fields = 1}));
}

TEST(PercentEncode, LeavesOnlyWhatMeansNothingInAUrl) {
  EXPECT_EQ(PercentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncode("a b&c=d/?%+#"), "a%20b%26c%3Dd%2F%3F%25%2B%23");
  EXPECT_EQ(PercentEncode("\xC3\xA4\n"), "%C3%A4%0A");
}

}  // namespace
}  // namespace rosterd::fcgi
