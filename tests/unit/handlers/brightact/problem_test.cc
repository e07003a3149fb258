#include "handlers/brightact/problem.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::brightact {
namespace {

using Kind = directory::Refusal::Kind;

std::string HeaderOf(const fcgi::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(BrightactProblem, HasTheSingleShape) {
  const fcgi::Response response = ToResponse(Problem::Of(401));

  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, R"({"error":"Invalid API key."})");
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(HeaderOf(response, "Cache-Control"), "no-store");
}

TEST(BrightactProblem, HasTheShapeOfFieldsWithAListForEach) {
  const fcgi::Response response = ToResponse(
      Problem::OfFields({{"username", "Username cannot be blank."}, {"name", "a"}, {"name", "b"}}));

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"errors":{"username":["Username cannot be blank."],"name":["a","b"]}})");
}

TEST(BrightactProblem, NeverHasAnEmptyBody) {
  for (const int status : {400, 401, 403, 404, 405, 406, 413, 415, 429, 500, 503, 504, 418}) {
    EXPECT_TRUE(ToResponse(Problem::Of(status)).body.starts_with("{\"error\":\"")) << status;
  }
}

TEST(BrightactProblem, SaysWhenToComeBackAndWhatIsAllowed) {
  EXPECT_EQ(HeaderOf(ToResponse(Problem::Later(429, std::chrono::seconds(0))), "Retry-After"), "1");
  EXPECT_EQ(HeaderOf(ToResponse(Problem::Later(503, std::chrono::seconds(7))), "Retry-After"), "7");
  EXPECT_EQ(HeaderOf(ToResponse(Problem::MethodNotAllowed("GET, OPTIONS")), "Allow"),
            "GET, OPTIONS");
}

TEST(BrightactProblem, TranslatesTheRefusalsOfTheDirectory) {
  EXPECT_EQ(ToProblem(Kind::kNotFound).status, 404);
  EXPECT_EQ(ToProblem(Kind::kThrottled).status, 429);
  EXPECT_EQ(ToProblem(Kind::kBusy).status, 503);
  EXPECT_EQ(ToProblem(Kind::kUnavailable).status, 503);
  EXPECT_EQ(ToProblem(Kind::kTooLong).status, 400);
  EXPECT_EQ(ToProblem(Kind::kBadText).status, 400);
  EXPECT_EQ(ToResponse(ToProblem(Kind::kUsernameTaken)).body,
            R"({"errors":{"username":["Username has already been taken."]}})");
  EXPECT_EQ(ToResponse(ToProblem(Kind::kEmailTaken)).body,
            R"({"errors":{"username":["Username has already been taken."]}})");
}

}  // namespace
}  // namespace rosterd::brightact
