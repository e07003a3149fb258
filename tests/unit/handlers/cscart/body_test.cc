#include "handlers/cscart/body.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kJson = "application/json";

std::string TextOf(const Fields& fields, std::string_view name) {
  return fields.Text(name).value().value_or("(absent)");
}

TEST(CscartBody, ReadsTextAsAForm) {
  for (const char* type : {"", "text/plain", "text/plain; charset=utf-8",
                           "application/x-www-form-urlencoded", "TEXT/PLAIN"}) {
    const auto body = ParseBody(type, "email=a%40b.c&firstname=Anna+Maria");
    ASSERT_TRUE(body) << type;
    EXPECT_EQ(TextOf(body->fields, "email"), "a@b.c") << type;
    EXPECT_EQ(TextOf(body->fields, "firstname"), "Anna Maria") << type;
  }
}

TEST(CscartBody, ReadsJsonScalarsAsTexts) {
  const auto body =
      ParseBody(kJson, R"({"a":7,"b":true,"c":false,"d":null,"e":" x ","f":1.5,"g":1e2,"h":1.0})");
  ASSERT_TRUE(body);
  EXPECT_EQ(TextOf(body->fields, "a"), "7");
  EXPECT_EQ(TextOf(body->fields, "b"), "1");
  EXPECT_EQ(TextOf(body->fields, "c"), "");
  EXPECT_EQ(TextOf(body->fields, "d"), "");
  EXPECT_EQ(TextOf(body->fields, "e"), "x");
  EXPECT_EQ(TextOf(body->fields, "f"), "1.5");
  EXPECT_EQ(TextOf(body->fields, "g"), "100");
  EXPECT_EQ(TextOf(body->fields, "h"), "1");
}

TEST(CscartBody, ReadsJavascriptAsJson) {
  EXPECT_TRUE(ParseBody("application/javascript", R"({"a":"b"})")->fields.Has("a"));
}

TEST(CscartBody, ReadsTextPartsOfMultipart) {
  const auto body =
      ParseBody("multipart/form-data; boundary=X",
                "--X\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.c\r\n"
                "--X\r\nContent-Disposition: form-data; name=\"photo\"; "
                "filename=\"p.png\"\r\n\r\nPNG\r\n--X--\r\n");
  ASSERT_TRUE(body);
  EXPECT_EQ(TextOf(body->fields, "email"), "a@b.c");
  EXPECT_FALSE(body->fields.Has("photo"));
}

TEST(CscartBody, TakesEmptyBodiesOfAllTypes) {
  for (const char* type : {"", "application/json", "multipart/form-data"}) {
    const auto body = ParseBody(type, "");
    ASSERT_TRUE(body) << type;
    EXPECT_TRUE(body->fields.Empty()) << type;
  }
  EXPECT_TRUE(ParseBody(kJson, "null")->fields.Empty());
  EXPECT_TRUE(ParseBody(kJson, "{}")->fields.Empty());
}

TEST(CscartBody, RefusesBrokenJson) {
  EXPECT_EQ(ParseBody(kJson, "{").error().status, 400);
  EXPECT_EQ(ParseBody(kJson, "{\"a\":1}x").error().status, 400);
}

TEST(CscartBody, RefusesJsonThatIsNoObject) {
  for (const char* json : {"5", "\"x\"", "[1]", "[]", "true"}) {
    EXPECT_FALSE(ParseBody(kJson, json)) << json;
  }
}

TEST(CscartBody, RefusesBytesThatAreNoText) {
  EXPECT_FALSE(ParseBody(kForm, "firstname=%FF"));
  EXPECT_FALSE(ParseBody(kForm, "%FF=1"));
  EXPECT_FALSE(ParseBody(kJson, "{\"a\":\"\xFF\"}"));
}

TEST(CscartBody, LetsTheLastOfRepeatedScalarsWin) {
  EXPECT_EQ(TextOf(ParseBody(kForm, "a=1&a=2")->fields, "a"), "2");
}

TEST(CscartBody, RefusesAListWhereATextIsWanted) {
  const auto body = ParseBody(kForm, "a[]=1");
  ASSERT_TRUE(body);
  EXPECT_EQ(body->fields.Text("a").error().status, 400);
}

TEST(CscartBody, KeepsMaps) {
  const auto body = ParseBody(kForm, "fields[12]= x ");
  ASSERT_TRUE(body);
  EXPECT_EQ(*body->fields.Find("fields")->Find("12")->AsText(), "x");
}

TEST(CscartBody, TakesTheMethodOutOfAForm) {
  const auto body = ParseBody(kForm, "_METHOD=PUT&status=D");
  EXPECT_EQ(body->override_method, "PUT");
  EXPECT_FALSE(body->fields.Has("_METHOD"));
}

TEST(CscartBody, SupportsTheTypesOfTheContract) {
  EXPECT_TRUE(IsSupportedBody(""));
  EXPECT_TRUE(IsSupportedBody("multipart/form-data; boundary=x"));
  EXPECT_TRUE(IsSupportedBody("application/json; charset=utf-8"));
  EXPECT_FALSE(IsSupportedBody("application/xml"));
  EXPECT_FALSE(IsSupportedBody("text/html"));
}

TEST(CscartBody, TrimsBlanksAsPhpDoes) {
  EXPECT_EQ(Trim(" \t\r\n\va b\v "), "a b");
  EXPECT_EQ(Trim(std::string_view("\0x\0", 3)), "x");
  EXPECT_EQ(Trim("  "), "");
}

}  // namespace
}  // namespace rosterd::cscart
