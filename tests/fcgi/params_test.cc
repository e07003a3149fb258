#include "fcgi/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rosterd::fcgi {
namespace {

using ::testing::MatchesRegex;

struct Read {
  Request request;
  ParamsSummary summary;
};

Read ReadAll(std::vector<const char*> params, size_t max_bytes = 1000) {
  params.push_back(nullptr);
  Read read;
  read.summary = ReadParams(params.data(), max_bytes, read.request);
  return read;
}

TEST(ReadParams, FillsInTheFields) {
  const Read read =
      ReadAll({"REQUEST_METHOD=PUT", "REQUEST_URI=/a%2Fb?c=d?e", "CONTENT_TYPE=text/plain",
               "REMOTE_ADDR=192.0.2.1", "ROSTERD_DIALECT=cscart", "ROSTERD_PREFIX=/api",
               "REQUEST_ID=abc", "HTTPS=on", "CONTENT_LENGTH=12"});

  EXPECT_EQ(read.request.method, "PUT");
  EXPECT_EQ(read.request.raw_path, "/a%2Fb");
  EXPECT_EQ(read.request.query, "c=d?e");
  EXPECT_EQ(read.request.content_type, "text/plain");
  EXPECT_EQ(read.request.remote_address, "192.0.2.1");
  EXPECT_EQ(read.request.dialect, "cscart");
  EXPECT_EQ(read.request.prefix, "/api");
  EXPECT_EQ(read.request.request_id, "abc");
  EXPECT_TRUE(read.request.https);
  EXPECT_TRUE(read.summary.acceptable);
  EXPECT_EQ(read.summary.content_length, 12U);
}

TEST(ReadParams, TakesWhatIsNotThereAsEmpty) {
  const Read read = ReadAll({"REQUEST_URI=/a", "HTTPS=", "CONTENT_LENGTH="});

  EXPECT_EQ(read.request.query, "");
  EXPECT_FALSE(read.request.https);
  EXPECT_EQ(read.summary.content_length, 0U);
}

TEST(ReadParams, MakesARequestIdWhereThereIsNoProperOne) {
  EXPECT_THAT(ReadAll({}).request.request_id, MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(ReadAll({}).request.request_id.size(), 32U);
  EXPECT_EQ(ReadAll({"REQUEST_ID=a b"}).request.request_id.size(), 32U);
  EXPECT_NE(ReadAll({}).request.request_id, ReadAll({}).request.request_id);
}

TEST(ReadParams, RefusesLengthsThatAreNoNumbers) {
  for (const char* length : {"CONTENT_LENGTH=-1", "CONTENT_LENGTH=4x", "CONTENT_LENGTH= 4",
                             "CONTENT_LENGTH=+4", "CONTENT_LENGTH=99999999999999999999"}) {
    const Read read = ReadAll({length});

    EXPECT_FALSE(read.summary.acceptable) << length;
    EXPECT_EQ(read.summary.content_length, std::nullopt) << length;
  }
}

TEST(ReadParams, AcceptsALengthThatComesAsHeaderToo) {
  EXPECT_TRUE(ReadAll({"CONTENT_LENGTH=4", "HTTP_CONTENT_LENGTH=4"}).summary.acceptable);
}

TEST(ReadParams, RefusesRepeatedCredentialsAndLengths) {
  EXPECT_FALSE(ReadAll({"HTTP_AUTHORIZATION=a", "HTTP_AUTHORIZATION=a"}).summary.acceptable);
  EXPECT_FALSE(ReadAll({"CONTENT_LENGTH=4", "CONTENT_LENGTH=4"}).summary.acceptable);
  EXPECT_FALSE(ReadAll({"HTTP_CONTENT_LENGTH=4", "HTTP_CONTENT_LENGTH=5"}).summary.acceptable);
}

TEST(ReadParams, RefusesMoreBytesThanAllowed) {
  EXPECT_TRUE(ReadAll({"A=345", "B=890"}, 10).summary.acceptable);
  EXPECT_FALSE(ReadAll({"A=345", "B=8901"}, 10).summary.acceptable);
}

}  // namespace
}  // namespace rosterd::fcgi
