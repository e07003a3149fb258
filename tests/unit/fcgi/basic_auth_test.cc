#include "fcgi/basic_auth.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

/// "user / password", or "refused".
std::string Read(std::string_view header) {
  const auto credentials = ParseBasic(header);
  return credentials ? credentials->user + " / " + credentials->password : "refused";
}

TEST(BasicAuth, ReadsTheExampleOfTheShopContract) {
  EXPECT_EQ(Read("Basic cm9vdEBzaG9wLmV4YW1wbGU6SzEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
            "root@shop.example / K1234567890123456789012345678901");
}

TEST(BasicAuth, TakesTheSchemeInAnyCase) {
  EXPECT_EQ(Read("bASIC YTpi"), "a / b");
  EXPECT_EQ(Read("  BASIC \t YTpi \t"), "a / b");
}

TEST(BasicAuth, RefusesOtherSchemes) {
  for (const char* header :
       {"", "Basic", "Basic ", "Bearer YTpi", "BasicYTpi", "YTpi", "Basicx YTpi", " YTpi"}) {
    EXPECT_EQ(Read(header), "refused") << header;
  }
}

TEST(BasicAuth, SplitsAtTheFirstColon) {
  EXPECT_EQ(Read("Basic YTpiOmM="), "a / b:c");
  EXPECT_EQ(Read("Basic Og=="), " / ");
  EXPECT_EQ(Read("Basic dG9rZW46"), "token / ");
  EXPECT_EQ(Read("Basic OmtleQ=="), " / key");
}

TEST(BasicAuth, DoesNotTrimWhatWasSent) { EXPECT_EQ(Read("Basic IGEgOiBiIA=="), " a  /  b "); }

TEST(BasicAuth, TakesPaddingOrNone) {
  EXPECT_EQ(Read("Basic YTpiYw=="), "a / bc");
  EXPECT_EQ(Read("Basic YTpiYw"), "a / bc");
  EXPECT_EQ(Read("Basic YTpiY2Q="), "a / bcd");
  EXPECT_EQ(Read("Basic YTpiY2Q"), "a / bcd");
}

TEST(BasicAuth, RefusesBrokenBase64) {
  for (const char* header :
       {"Basic YTpiYw=", "Basic YTpiY2Q==", "Basic YTpi=", "Basic YT pi", "Basic YTpi!", "Basic Y",
        "Basic YTp-Yg", "Basic YTpiYx", "Basic =", "Basic ====", "Basic YTpi,YTpi"}) {
    EXPECT_EQ(Read(header), "refused") << header;
  }
}

TEST(BasicAuth, RefusesAMissingColon) { EXPECT_EQ(Read("Basic YWJj"), "refused"); }

TEST(BasicAuth, RefusesNulAndInvalidUtf8) {
  EXPECT_EQ(Read("Basic YQA6Yg=="), "refused");
  EXPECT_EQ(Read("Basic YTpiAA=="), "refused");
  EXPECT_EQ(Read("Basic /zph"), "refused");
  EXPECT_EQ(Read("Basic w6k6w6k="), "\xC3\xA9 / \xC3\xA9");
}

}  // namespace
}  // namespace rosterd::fcgi
