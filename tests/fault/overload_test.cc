// More than can be done at once, and clients that are slow to take what they asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <list>

#include "tests/e2e/json.h"
#include "tests/fault/calls.h"
#include "tests/fault/processes.h"
#include "tests/fault/traffic.h"

namespace rosterd::testing {
namespace {

using std::chrono::seconds;

constexpr size_t kMebibyte = size_t{1024} * 1024;
// AddressSanitizer keeps what was freed for a while, and shadows all of it.
#ifdef __SANITIZE_ADDRESS__
constexpr size_t kMostOfAWorker = 1024 * kMebibyte;
#else
constexpr size_t kMostOfAWorker = 128 * kMebibyte;
#endif

size_t LargestWorker(const Stack& stack) {
  size_t largest = 0;
  for (const pid_t worker : Children(stack.MasterPid())) {
    largest = std::max(largest, ResidentBytes(worker));
  }
  return largest;
}

// More of them than there are workers for lists without an end.
TEST(SlowReaders, BlockNobodyAndKeepTheMemoryBounded) {
  const Stack& stack = SharedStack();
  const int persons = std::stoi(stack.Sql("SELECT COUNT(*) FROM users"));
  std::list<RawConnection> readers;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back(stack.HttpPort());
    readers.back().Send(
        "GET /api/2.0/users?items_per_page=0 HTTP/1.0\r\nHost: localhost\r\n"
        "Authorization: Basic " +
        Base64(stack.AdminEmail() + ":" + stack.AdminKey()) + "\r\n\r\n");
    ASSERT_FALSE(readers.back().Read(1000, seconds(30)).empty());
  }

  size_t largest = 0;
  for (int i = 0; i < 50; ++i) {
    HttpRequest request = Get(stack, "/users/1");
    request.timeout = seconds(5);
    EXPECT_EQ(Send(request).status, 200);
    largest = std::max(largest, LargestWorker(stack));
  }
  HttpRequest list = Get(stack, "/users?items_per_page=0&user_login=nobody");
  EXPECT_EQ(Send(list).status, 200);
  EXPECT_LT(largest, kMostOfAWorker);
  const std::string rest = readers.front().ReadAll();
  EXPECT_GE(rest.size(), static_cast<size_t>(persons) * 200);
  EXPECT_TRUE(rest.ends_with("\"sort_order_rev\":\"desc\"}}")) << rest.substr(rest.size() - 200);
}

TEST(SignInFlood, IsRefusedWhileReadsAndOtherSignInsGoOn) {
  const Stack& stack = SharedStack();
  Traffic readers(2, [&](int) {
    HttpRequest request = Get(stack, "/users/1");
    request.timeout = seconds(5);
    return request;
  });
  std::vector<HttpRequest> guesses;
  guesses.reserve(300);
  for (int i = 0; i < 300; ++i) {
    guesses.push_back(Post(stack, "/auth_tokens",
                           "email=nobody" + std::to_string(i % 40) +
                               "%40example.com&password=guess" + std::to_string(i)));
  }

  const std::vector<HttpResponse> answers = SendAll(guesses, 32);

  EXPECT_TRUE(readers.Await(1));
  int refused = 0;
  for (const HttpResponse& answer : answers) {
    if (answer.status != 404) ++refused;
    if (answer.status == 429)
      EXPECT_TRUE(IsProblem(answer, 429));
    else if (answer.status == 503)
      EXPECT_TRUE(IsProblem(answer, 503));
    else
      EXPECT_TRUE(IsProblem(answer, 404));
  }
  EXPECT_GE(refused, 250);
  for (const Traffic::Sent& one : readers.End()) {
    EXPECT_EQ(one.response.status, 200) << one.response.error;
  }
}

}  // namespace
}  // namespace rosterd::testing
