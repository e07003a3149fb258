#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

class CocoaheadsBodies : public ::testing::Test {
 protected:
  Reply Patch(const std::string& body, const std::string& type) {
    return world_.Send({.method = "PATCH",
                        .target = "/users/" + vera_.id,
                        .body = body,
                        .content_type = type,
                        .token = vera_.token});
  }
  Reply Json(const std::string& body) { return Patch(body, "application/json"); }

  World world_{[](config::Settings& settings) { settings.cocoaheads.max_body = 4096; }};
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsBodies, AreReadInThreeTypes) {
  EXPECT_EQ(Patch(R"({"company":"a"})", "application/json; charset=utf-8").Member("company"), "a");
  EXPECT_EQ(Patch(R"({"company":"b"})", "text/javascript").Member("company"), "b");
  EXPECT_EQ(Patch("company=c%20d+e&x=1", "application/x-www-form-urlencoded").Member("company"),
            "c d e");
  EXPECT_EQ(Patch(Multipart({TextPart("company", "f"), TextPart("phone", "1")}),
                  std::string(kMultipartType))
                .Member("company"),
            "f");
}

TEST_F(CocoaheadsBodies, AreGuessedWithoutAType) {
  EXPECT_EQ(Patch("  \n{\"company\":\"a\"}", "").Member("company"), "a");
  EXPECT_EQ(Patch("company=b", "").Member("company"), "b");
}

TEST_F(CocoaheadsBodies, OfAnotherTypeAreRefusedUnlessEmpty) {
  EXPECT_EQ(Patch("{}", "text/plain").status, 415);
  EXPECT_EQ(Patch("<x/>", "application/xml").status, 415);
  EXPECT_EQ(Patch("{}", "application/vnd.api+json").status, 415);
  EXPECT_EQ(Patch("{}", ";").status, 415);
  EXPECT_EQ(Patch("", "text/plain").status, 200);
}

TEST_F(CocoaheadsBodies, ThatAreMalformedChangeNothing) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  for (const std::string& body :
       {std::string("{"), std::string("[]"), std::string("\"a\""), std::string("null"),
        std::string("{\"company\":\"\xFF\"}"), std::string("{\"company\":\"a\\u0000b\"}"),
        std::string("{\"other\":\"a\\u0000b\"}"), std::string("{\"company\":\"\\ud800\"}"),
        "{\"x\":" + deep + "}", std::string("{\"company\":\"a\"} x"), std::string(" "),
        std::string("{\"company\":true}"), std::string("{\"company\":false}"),
        std::string("{\"company\":{}}"), std::string("{\"company\":[\"a\"]}"),
        std::string("{\"company\":\"a\\u0001\"}")}) {
    EXPECT_EQ(Json(body).status, 400) << body;
  }
  for (const std::string& body : {std::string("company=%FF"), std::string("company=a%00b"),
                                  std::string("company[]=a"), std::string("company[x]=a")}) {
    EXPECT_EQ(Patch(body, "application/x-www-form-urlencoded").status, 400) << body;
  }
  const std::string multipart(kMultipartType);
  EXPECT_EQ(Patch("--b\r\n" + TextPart("company", "a"), multipart).status, 400);
  EXPECT_EQ(Patch(Multipart({TextPart("company", "a")}), "multipart/form-data").status, 400);
  EXPECT_EQ(Patch(Multipart({FilePart("company", "a.png", "a")}), multipart).status, 400);
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).Member("company"), "");
}

TEST_F(CocoaheadsBodies, CountTheLastOfLikeFields) {
  EXPECT_EQ(Json(R"({"company":"a","company":"b"})").Member("company"), "b");
  EXPECT_EQ(Json(R"({"company":"a","company":null})").Member("company"), "");
  EXPECT_EQ(Patch("company=a&company=c", "application/x-www-form-urlencoded").Member("company"),
            "c");
  EXPECT_EQ(Patch(Multipart({TextPart("company", "a"), TextPart("company", "d")}),
                  std::string(kMultipartType))
                .Member("company"),
            "d");
}

TEST_F(CocoaheadsBodies, TakeNumbersAsTheirText) {
  EXPECT_EQ(Json(R"({"phone":79990001122})").Member("phone"), "79990001122");
  EXPECT_EQ(Json(R"({"phone":-1.50e2})").Member("phone"), "-1.50e2");
}

TEST_F(CocoaheadsBodies, TakeSixteenLevelsInIgnoredMembers) {
  const auto nested = [](size_t levels) {
    return "{\"x\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  EXPECT_EQ(Json(nested(15)).status, 200);
  EXPECT_EQ(Json(nested(16)).status, 400);
}

TEST_F(CocoaheadsBodies, HaveALimit) {
  const std::string fits = "{\"x\":\"" + std::string(4088, 'a') + "\"}";
  ASSERT_EQ(fits.size(), 4096U);
  EXPECT_EQ(Json(fits).status, 200);
  EXPECT_EQ(Json(fits + " ").status, 413);
}

TEST_F(CocoaheadsBodies, AreReadAfterTheTokenWasFoundGood) {
  EXPECT_EQ(world_.Send({.method = "PATCH", .target = "/users/" + vera_.id, .body = "{"}).status,
            401);
}

}  // namespace
}  // namespace rosterd::cocoaheads
