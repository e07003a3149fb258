// Clients that stop in the middle, send too much, or send nothing.
#include <gtest/gtest.h>

#include <memory>

#include "tests/fault/calls.h"

namespace rosterd::testing {
namespace {

std::string Authorization(const Stack& stack) {
  return "Authorization: Basic " + Base64(stack.AdminEmail() + ":" + stack.AdminKey()) + "\r\n";
}

std::string PostHead(const Stack& stack, size_t length) {
  return "POST /api/2.0/users HTTP/1.1\r\nHost: localhost\r\n" + Authorization(stack) +
         "Content-Type: text/plain\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

void ExpectAllWell(const Stack& stack, const std::string& email) {
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
  EXPECT_EQ(Send(NewCustomer(stack, email)).status, 201);
}

/// Many clients that have sent the same beginning and then are silent.
std::vector<std::unique_ptr<RawConnection>> Silent(const Stack& stack, int count,
                                                   const std::string& beginning) {
  std::vector<std::unique_ptr<RawConnection>> silent;
  for (int i = 0; i < count; ++i) {
    silent.push_back(std::make_unique<RawConnection>(stack.HttpPort()));
    silent.back()->Send(beginning);
  }
  return silent;
}

TEST(SilentClients, DoNotDisturbOthers) {
  const Stack& stack = SharedStack();
  const auto silent = Silent(stack, 100, "");
  ExpectAllWell(stack, "beside-silence@example.com");
}

TEST(ClientsInMidHeaders, DoNotDisturbOthers) {
  const Stack& stack = SharedStack();
  const auto silent = Silent(stack, 100, "GET /api/2.0/users HTTP/1.1\r\nHost: local");
  ExpectAllWell(stack, "beside-headers@example.com");
}

TEST(ClientsInMidBody, DoNotDisturbOthersAndStoreNothing) {
  const Stack& stack = SharedStack();
  const std::string half = "email=half-body%40example.com&user_type=C&company_id=1";
  {
    const auto silent = Silent(stack, 100, PostHead(stack, 500) + half);
    ExpectAllWell(stack, "beside-bodies@example.com");
  }
  ExpectAllWell(stack, "after-bodies@example.com");
  EXPECT_EQ(CountOf(stack, "half-body@example.com"), 0);
}

// It does not wait for the answer; whether the request is done is nobody's promise, but it is once.
TEST(ClientThatHangsUp, HasItsRequestDoneOnceAtMost) {
  const Stack& stack = SharedStack();
  for (int i = 0; i < 20; ++i) {
    const std::string body =
        "email=hangup" + std::to_string(i) + "%40example.com&user_type=C&company_id=1";
    RawConnection(stack.HttpPort()).Send(PostHead(stack, body.size()) + body);
  }
  ExpectAllWell(stack, "after-hangups@example.com");
  EXPECT_EQ(stack.Sql("SELECT email FROM users WHERE email LIKE 'hangup%' "
                      "GROUP BY email HAVING COUNT(*) > 1"),
            "");
}

TEST(IdleConnections, LeaveRoomForOthers) {
  const Stack& stack = SharedStack();
  const auto idle = Silent(stack, 2000, "");
  ExpectAllWell(stack, "beside-2000@example.com");
}

TEST(TooLarge, HeaderIsABadRequest) {
  const Stack& stack = SharedStack();
  HttpRequest request = Get(stack, "/users");
  request.headers = {"X-Long: " + std::string(20000, 'a')};
  EXPECT_TRUE(IsProblem(Send(request), 400));
}

TEST(TooLarge, HeadersTogetherAreABadRequest) {
  const Stack& stack = SharedStack();
  HttpRequest request = Get(stack, "/users");
  for (const char* name : {"X-A: ", "X-B: ", "X-C: ", "X-D: ", "X-E: ", "X-F: "}) {
    request.headers.push_back(name + std::string(12000, 'a'));
  }
  EXPECT_TRUE(IsProblem(Send(request), 400));
}

TEST(TooLarge, UriIsTooLong) {
  const Stack& stack = SharedStack();
  EXPECT_TRUE(IsProblem(Send(Get(stack, "/users?x=" + std::string(20000, 'a'))), 414));
  EXPECT_TRUE(IsProblem(Send(Get(stack, "/users/" + std::string(20000, '1'))), 414));
}

TEST(TooLarge, BodyIsRefusedAboveOneMebibyte) {
  const Stack& stack = SharedStack();
  const std::string form = "user_type=C&company_id=1&email=one-mebibyte%40example.com&unknown=";
  const std::string body = form + std::string(1048576 - form.size(), 'a');

  EXPECT_TRUE(IsProblem(Send(Post(stack, "/users", body + "a")), 413));
  EXPECT_EQ(CountOf(stack, "one-mebibyte@example.com"), 0);
  EXPECT_EQ(Send(Post(stack, "/users", body)).status, 201);
}

TEST(TooLarge, ChunkedBodyIsRefusedAboveOneMebibyte) {
  const Stack& stack = SharedStack();
  const std::string head =
      "POST /api/2.0/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
      Authorization(stack) + "Transfer-Encoding: chunked\r\n\r\n";
  const RawConnection connection(stack.HttpPort());
  connection.Send(head);
  for (int i = 0; i < 17; ++i) connection.Send("10000\r\n" + std::string(65536, 'a') + "\r\n");
  EXPECT_TRUE(IsProblem(ParseResponse(connection.ReadAll()), 413));
}

class BrokenRequest : public ::testing::TestWithParam<const char*> {};

TEST_P(BrokenRequest, IsABadRequestAndTheNextOneWorks) {
  const Stack& stack = SharedStack();
  EXPECT_TRUE(IsProblem(SendRaw(stack.HttpPort(), GetParam()), 400));
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BrokenRequest,
    ::testing::Values("GET /api/users HTTP/1.1\r\n\r\n",
                      "GET /api/users HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
                      "GET /api/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                      "GET /api/users HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                      "POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n\r\n",
                      "POST /api/users HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n",
                      "POST /api/users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "zz\r\n"));

}  // namespace
}  // namespace rosterd::testing
