#include "handlers/bedita/accept.h"

#include <gtest/gtest.h>

#include "handlers/bedita/document.h"

namespace rosterd::bedita {
namespace {

using Verdict = Accepted::Verdict;

TEST(BeditaAccept, TakesTheMediaTypeAlone) {
  EXPECT_EQ(ReadAccept("application/vnd.api+json").type, kJsonApiType);
  EXPECT_EQ(ReadAccept("  application/vnd.api+json ").verdict, Verdict::kFine);
}

TEST(BeditaAccept, RefusesTheMediaTypeWithAnythingMore) {
  for (const char* accept : {"application/vnd.api+json; m=test", "application/vnd.api+json, */*",
                             "text/html,application/vnd.api+json"}) {
    EXPECT_EQ(ReadAccept(accept).verdict, Verdict::kWithParameters) << accept;
  }
}

TEST(BeditaAccept, AnswersPlainJson) {
  for (const char* accept :
       {"application/json", "text/html, application/json;q=0.5", "application/json, */*"}) {
    EXPECT_EQ(ReadAccept(accept).verdict, Verdict::kFine) << accept;
    EXPECT_EQ(ReadAccept(accept).type, kJsonType) << accept;
  }
}

TEST(BeditaAccept, TakesNothingAndWildcardsForTheMediaType) {
  for (const char* accept : {"", " ", "*/*", "application/*", "*/*;q=0.8", "application/*, */*"}) {
    EXPECT_EQ(ReadAccept(accept).verdict, Verdict::kFine) << accept;
    EXPECT_EQ(ReadAccept(accept).type, kJsonApiType) << accept;
  }
}

TEST(BeditaAccept, RefusesTheRest) {
  for (const char* accept : {"text/html", "gustavo/supporto", "text/html, */*", "nonsense"}) {
    EXPECT_EQ(ReadAccept(accept).verdict, Verdict::kRefused) << accept;
    EXPECT_EQ(ReadAccept(accept).type, kJsonApiType) << accept;
  }
}

TEST(BeditaAccept, NeverRefusesTheStatus) {
  EXPECT_EQ(StatusType("application/vnd.api+json"), kJsonApiType);
  for (const char* accept : {"", "*/*", "text/html", "application/vnd.api+json;x=1"}) {
    EXPECT_EQ(StatusType(accept), kJsonType) << accept;
  }
}

TEST(BeditaAccept, AnswersAreSafeInsideOfPages) {
  const auto body = [](std::string_view json) { return JsonResponse(200, "x", json).body; };
  EXPECT_EQ(body(R"({"a":"b"})"), R"({"a":"b"})");
  EXPECT_EQ(body("\"<b>'&''x\""), R"("\u003Cb\u003E\u0027\u0026\u0027\u0027x")");
  EXPECT_EQ(body("'"), R"(\u0027)");
  EXPECT_EQ(body(""), "");
}

}  // namespace
}  // namespace rosterd::bedita
