#include "handlers/cscart/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

using ::testing::Contains;
using ::testing::Pair;

TEST(CscartProblem, WritesMessageAndStatusAlone) {
  const fcgi::Response response = ToResponse(Problem::Plain(404));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"message":"Not Found","status":404})");
}

TEST(CscartProblem, NamesWhatWasMissing) {
  EXPECT_EQ(
      ToResponse(Problem::Message("email is required")).body,
      R"({"message":"Bad Request: email is required","messages":["email is required"],"status":400})");
}

TEST(CscartProblem, NamesWhatWasRefused) {
  EXPECT_EQ(
      ToResponse(Problem::Error("user already exists")).body,
      R"({"message":"Bad Request: user already exists","errors":["user already exists"],"status":400})");
}

TEST(CscartProblem, JoinsDetailsErrorsFirst) {
  EXPECT_EQ(
      ToResponse(Problem{400, {"a"}, {"b", "c"}, {}}).body,
      R"({"message":"Bad Request: a. b. c","errors":["a"],"messages":["b","c"],"status":400})");
}

TEST(CscartProblem, WordsStatusesAsTheContractDoes) {
  EXPECT_EQ(ToResponse(Problem::Plain(413)).body,
            R"({"message":"Request Entity Too Large","status":413})");
  EXPECT_EQ(ToResponse(Problem::Plain(406)).body, R"({"message":"Not Acceptable","status":406})");
  EXPECT_EQ(ToResponse(Problem::Plain(415)).body,
            R"({"message":"Unsupported Media Type","status":415})");
  EXPECT_EQ(ToResponse(Problem::Plain(500)).body,
            R"({"message":"Internal Server Error","status":500})");
}

TEST(CscartProblem, SendsTheHeadersOfEveryAnswer) {
  const fcgi::Response response = ToResponse(Problem::Plain(403));
  EXPECT_THAT(response.headers, Contains(Pair("Content-Type", "application/json")));
  EXPECT_THAT(response.headers, Contains(Pair("Cache-Control", "no-store")));
  EXPECT_THAT(response.headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
}

TEST(CscartProblem, AsksForCredentialsInTheContractsWords) {
  const fcgi::Response response = ToResponse(Problem::Unauthorized());
  EXPECT_EQ(response.body, R"({"message":"Unauthorized","status":401})");
  EXPECT_THAT(response.headers,
              Contains(Pair("WWW-Authenticate", R"(Basic realm="User email/API key")")));
}

TEST(CscartProblem, SaysWhenToComeBack) {
  const fcgi::Response response = ToResponse(Problem::Later(429, std::chrono::seconds(0)));
  EXPECT_EQ(response.body, R"({"message":"Too Many Requests","status":429})");
  EXPECT_THAT(response.headers, Contains(Pair("Retry-After", "1")));
}

TEST(CscartProblem, TurnsRefusalsIntoStatuses) {
  using Kind = directory::Refusal::Kind;
  EXPECT_EQ(ToProblem(directory::Refusal(Kind::kNotFound)).status, 404);
  EXPECT_EQ(ToProblem(directory::Refusal(Kind::kEmailTaken)).status, 400);
  EXPECT_EQ(ToProblem(directory::Refusal(Kind::kThrottled)).status, 429);
  EXPECT_EQ(ToProblem(directory::Refusal(Kind::kUnavailable)).status, 503);
}

}  // namespace
}  // namespace rosterd::cscart
