#include "fcgi/json.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "tests/unit/fcgi/show.h"

namespace rosterd::fcgi {
namespace {

using std::string_view_literals::operator""sv;

/// The value as text, or "refused: " and why.
std::string Read(std::string_view text, JsonLimits limits = {}) {
  // An exact copy on the heap, so that the address sanitizer sees a read beyond the end.
  const std::unique_ptr<char[]> copy(new char[text.size()]);
  std::memcpy(copy.get(), text.data(), text.size());
  JsonError error;
  const auto value = ParseJson({copy.get(), text.size()}, error, limits);
  return value ? Show(*value) : "refused: " + error.message;
}

bool IsRefused(std::string_view text) { return Read(text).starts_with("refused: "); }

std::string Repeat(std::string_view piece, size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Json, ReadsEveryKindOfValue) {
  EXPECT_EQ(Read(R"( {"a":[1,true,false,null,"x"],"b":{}} )"),
            R"({"a":[1,true,false,null,"x"],"b":{}})");
  EXPECT_EQ(Read("\t\r\n5\n"), "5");
  EXPECT_EQ(Read("[]"), "[]");
  EXPECT_EQ(Read("null"), "null");
  EXPECT_EQ(Read(R"("")"), R"("")");
}

TEST(Json, ReadsTheBodiesOfTheShopContract) {
  EXPECT_EQ(Read(R"({"email":"mira@shop.example","password":"pa55word"})"),
            R"({"email":"mira@shop.example","password":"pa55word"})");
  EXPECT_EQ(Read(R"({"status":"D"})"), R"({"status":"D"})");
  EXPECT_EQ(Read("5"), "5");
  EXPECT_EQ(Read(R"("x")"), R"("x")");
  EXPECT_EQ(Read("[1]"), "[1]");
  EXPECT_TRUE(IsRefused(R"({"email":"mira@shop.example")"));
}

TEST(Json, KeepsTheOrderOfMembers) {
  EXPECT_EQ(Read(R"({"z":1,"a":2,"m":3})"), R"({"z":1,"a":2,"m":3})");
}

TEST(Json, KeepsTheTextOfNumbers) {
  for (const char* number :
       {"0", "-0", "12", "-7", "1.0", "1e2", "1E+2", "1e-2", "-0.50", "18446744073709551615",
        "18446744073709551616", "-9223372036854775809", "9007199254740993",
        "0.184467440737095516159", "123456789012345678901234567890",
        "0.1000000000000000055511151231257827", "1e308", "1e-400"}) {
    EXPECT_EQ(Read(number), number);
  }
}

TEST(Json, SurvivesNumbersThatCrashRapidJsonsConversion) {
  const std::string tiny = "0." + Repeat("0", 20) + "1e-2147483639";
  EXPECT_EQ(Read(tiny), tiny);
  EXPECT_EQ(Read("1e-99999999999999999999"), "1e-99999999999999999999");
  EXPECT_EQ(Read("0.0e-2147483648"), "0.0e-2147483648");
  const std::string long_one = "0." + Repeat("7", 100'000) + "e-2147483639";
  EXPECT_EQ(Read(long_one), long_one);
}

TEST(Json, RefusesNumbersThatNoDoubleHolds) {
  EXPECT_EQ(Read("1e309"),
            "refused: invalid JSON at byte 0: Number too big to be stored in double.");
  EXPECT_TRUE(IsRefused("1e2147483648"));
  EXPECT_TRUE(IsRefused(Repeat("9", 400)));
}

TEST(Json, RefusesNumbersOfOtherLanguages) {
  for (const char* number : {"01", "-01", "+1", ".5", "1.", "1.e2", "1e", "1e+", "-", "- 1", "0x10",
                             "1_0", "NaN", "Infinity", "-Infinity", "1,5", "--1", "1e2.5"}) {
    EXPECT_TRUE(IsRefused(number)) << number;
  }
}

TEST(Json, ReadsEscapes) {
  EXPECT_EQ(Read(R"("\"\\\/\b\f\n\r\t")"), "\"\"\\/\b\f\n\r\t\"");
  EXPECT_EQ(Read(R"("\u0041\u00e9\u20AC")"), "\"A\xC3\xA9\xE2\x82\xAC\"");
  EXPECT_EQ(Read(R"("\ud83d\ude00")"), "\"\xF0\x9F\x98\x80\"");
}

TEST(Json, RefusesEscapesThatJsonDoesNotKnow) {
  for (const char* text :
       {R"("\x41")", R"("\'")", R"("\u12")", R"("\u12g4")", R"("\U0041")", R"("\0")"}) {
    EXPECT_TRUE(IsRefused(text)) << text;
  }
}

TEST(Json, KeepsANulInsideAString) {
  const std::string shown = Read(R"({"a\u0000":"b\u0000c"})");
  EXPECT_EQ(shown, "{\"a\0\":\"b\0c\"}"sv);
}

TEST(Json, RefusesLoneSurrogates) {
  EXPECT_TRUE(IsRefused(R"("\ud800")"));
  EXPECT_TRUE(IsRefused(R"("\ud800x")"));
  EXPECT_TRUE(IsRefused(R"("\ud800\u0041")"));
  EXPECT_TRUE(IsRefused(R"("\ud800\ud800")"));
  EXPECT_EQ(Read(R"("\udc00")"), "refused: a string is not valid UTF-8");
  EXPECT_EQ(Read(R"({"\udfff":1})"), "refused: a key is not valid UTF-8");
  EXPECT_TRUE(IsRefused(R"("\ude00\ud83d")"));
}

TEST(Json, RefusesInvalidUtf8) {
  for (const auto text : {"\"\xFF\""sv, "\"\xC0\x80\""sv, "\"\xED\xA0\x80\""sv,
                          "\"\xED\xB0\x80\""sv, "\"\xF4\x90\x80\x80\""sv, "\"\xC3\""sv,
                          "\"\xE2\x82"sv, "\"\xF0\x9F\x98"sv, "{\"\xFF\":1}"sv, "\xFF"sv}) {
    EXPECT_TRUE(IsRefused(text));
  }
}

TEST(Json, RefusesRawControlCharactersInStrings) {
  EXPECT_TRUE(IsRefused("\"a\nb\""));
  EXPECT_TRUE(IsRefused("\"a\tb\""));
  EXPECT_TRUE(IsRefused("\"a\0b\""sv));
  EXPECT_EQ(Read("\"\x7F\""), "\"\x7F\"");
}

TEST(Json, RefusesAByteOrderMark) {
  EXPECT_TRUE(IsRefused("\xEF\xBB\xBF{}"));
  EXPECT_TRUE(IsRefused("\xFE\xFF\0{\0}"sv));
}

TEST(Json, RefusesAnythingButOneValue) {
  for (const auto text : {""sv,           " "sv,
                          "{}{}"sv,       "{} x"sv,
                          "1 2"sv,        "[1,]"sv,
                          "{\"a\":1,}"sv, "[,1]"sv,
                          "[1 2]"sv,      "{\"a\"}"sv,
                          "{a:1}"sv,      "{'a':1}"sv,
                          "{1:1}"sv,      "[1}"sv,
                          "tru"sv,        "True"sv,
                          "nul"sv,        "[1]]"sv,
                          "/**/1"sv,      "1//"sv,
                          "\"a"sv,        "{\"a\":"sv,
                          "["sv,          "]"sv,
                          ","sv,          "{\"a\":1 \"b\":2}"sv,
                          "{\"a\" 1}"sv}) {
    EXPECT_TRUE(IsRefused(text)) << text;
  }
}

TEST(Json, DoesNotTakeANulForTheEnd) {
  EXPECT_EQ(Read("{}\0garbage"sv), "refused: invalid JSON at byte 2: a NUL");
  EXPECT_EQ(Read("1\0"sv), "refused: invalid JSON at byte 1: a NUL");
  EXPECT_TRUE(IsRefused("\0{}"sv));
  EXPECT_TRUE(IsRefused("[1,\0 2]"sv));
}

TEST(Json, SaysWhereItStopped) {
  EXPECT_EQ(Read(R"({"a" 1})"),
            "refused: invalid JSON at byte 5: Missing a colon after a name of object member.");
  EXPECT_EQ(Read(""), "refused: invalid JSON at byte 0: The document is empty.");
}

TEST(Json, TakesTheLastOfTheSameKeyWhereAsked) {
  EXPECT_EQ(Read(R"({"a":1,"b":{"c":1,"c":2},"a":3})", {.last_duplicate_wins = true}),
            R"({"b":{"c":2},"a":3})");
}

TEST(Json, RefusesTheSameKeyTwice) {
  EXPECT_EQ(Read(R"({"a":1,"a":2})"), "refused: an object has the same key twice");
  EXPECT_TRUE(IsRefused(R"({"a":1,"\u0061":2})"));
  EXPECT_TRUE(IsRefused(R"([{"b":{"":1,"":1}}])"));
  EXPECT_EQ(Read(R"({"a":{"a":1},"A":{"a":2}})"), R"({"a":{"a":1},"A":{"a":2}})");
}

TEST(Json, TellsKeysApartByMoreThanTheirTextBeforeANul) {
  EXPECT_FALSE(IsRefused(R"({"a\u0000b":1,"a\u0000c":2,"a":3})"));
}

TEST(Json, FindsARepeatedKeyAmongAHundredThousandQuickly) {
  std::string text = "{\"k\":0";
  for (int i = 0; i < 100'000; ++i) text += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_FALSE(IsRefused(text + "}"));
  EXPECT_EQ(Read(text + ",\"k\":1}"), "refused: an object has the same key twice");
}

TEST(Json, NestsAsDeepAsTheLimit) {
  EXPECT_EQ(Read(Repeat("[", 32) + Repeat("]", 32)), Repeat("[", 32) + Repeat("]", 32));
  EXPECT_EQ(Read(Repeat("[", 33) + Repeat("]", 33)), "refused: nested too deeply");
  EXPECT_EQ(Read(R"({"a":[{"b":1}]})", {.depth = 3}), R"({"a":[{"b":1}]})");
  EXPECT_EQ(Read(R"({"a":[{"b":1}]})", {.depth = 2}), "refused: nested too deeply");
}

TEST(Json, SurvivesHundredsOfThousandsOfLevels) {
  EXPECT_EQ(Read(Repeat("[", 300'000)), "refused: nested too deeply");
  EXPECT_EQ(Read(Repeat("{\"a\":", 300'000)), "refused: nested too deeply");
  EXPECT_EQ(Read(Repeat("[", 300'000) + Repeat("]", 300'000)), "refused: nested too deeply");
}

TEST(Json, CountsValuesNotDepthForBroadTrees) {
  EXPECT_EQ(Read("[1,2,3]", {.values = 4}), "[1,2,3]");
  EXPECT_EQ(Read("[1,2,3]", {.values = 3}), "refused: too many values");
  EXPECT_EQ(Read("[" + Repeat("1,", 300'000) + "1]"), "refused: too many values");
}

TEST(Json, ReadsALongString) {
  const std::string text = '"' + Repeat("\xC3\xA9", 1'000'000) + '"';
  EXPECT_EQ(Read(text), text);
}

TEST(Json, DoesNotReadBeyondTheEnd) {
  const std::string_view whole = R"({"name":"\u00e9\ud83d\ude00","n":[-1.5e3,true,null]})";
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_TRUE(IsRefused(whole.substr(0, size))) << size;
}

}  // namespace
}  // namespace rosterd::fcgi
