#include "fcgi/answer.h"

#include <gtest/gtest.h>

namespace rosterd::fcgi {
namespace {

Request RequestOf(const std::string& method) {
  Request request;
  request.method = method;
  request.request_id = "r1";
  return request;
}

Response ResponseOf(int status, const std::string& body) {
  Response response;
  response.status = status;
  response.body = body;
  return response;
}

TEST(AnswerText, HasStatusHeadersLengthAndBody) {
  Response response = ResponseOf(404, "none");
  response.SetHeader("Content-Type", "text/plain");

  EXPECT_EQ(AnswerText(RequestOf("GET"), response),
            "Status: 404 Not Found\r\nContent-Type: text/plain\r\nX-Request-Id: r1\r\n"
            "Content-Length: 4\r\n\r\nnone");
}

TEST(AnswerText, KeepsTheLengthButNotTheBodyForHead) {
  EXPECT_EQ(AnswerText(RequestOf("HEAD"), ResponseOf(200, "none")),
            "Status: 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 4\r\n\r\n");
}

TEST(AnswerText, HasNoLengthWithoutContent) {
  EXPECT_EQ(AnswerText(RequestOf("GET"), ResponseOf(204, "x")),
            "Status: 204 No Content\r\nX-Request-Id: r1\r\n\r\n");
  EXPECT_EQ(AnswerText(RequestOf("GET"), ResponseOf(304, "x")),
            "Status: 304 Not Modified\r\nX-Request-Id: r1\r\n\r\n");
}

TEST(AnswerText, HasNoLengthForAStream) {
  Response response = ResponseOf(200, "begin");
  response.stream = [] { return std::nullopt; };

  EXPECT_EQ(AnswerText(RequestOf("GET"), response),
            "Status: 200 OK\r\nX-Request-Id: r1\r\n\r\nbegin");
}

TEST(AnswerText, LetsNoHeaderEndItself) {
  Response response = ResponseOf(204, "");
  response.SetHeader("Location", std::string("/a\r\nSet-Cookie: b\0c", 19));
  response.SetHeader("Bad\r\nName", "x");
  response.SetHeader("", "x");

  EXPECT_EQ(AnswerText(RequestOf("GET"), response),
            "Status: 204 No Content\r\nLocation: /a  Set-Cookie: b c\r\nX-Request-Id: r1\r\n\r\n");
}

TEST(AnswerText, TakesNoHeaderThatItWritesItself) {
  Response response = ResponseOf(200, "ab");
  response.SetHeader("Content-Length", "999");
  response.SetHeader("Status", "500 No");

  EXPECT_EQ(AnswerText(RequestOf("GET"), response),
            "Status: 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 2\r\n\r\nab");
}

TEST(AnswerText, TakesADialectsOwnRequestIdAndReason) {
  Response response = ResponseOf(422, "ab");
  response.reason = "Unprocessable Entity";
  response.SetHeader("X-Request-ID", "its-own");

  EXPECT_EQ(AnswerText(RequestOf("GET"), response),
            "Status: 422 Unprocessable Entity\r\nX-Request-ID: its-own\r\n"
            "Content-Length: 2\r\n\r\nab");
}

}  // namespace
}  // namespace rosterd::fcgi
