// A pool that has all that it may have.
#include <gtest/gtest.h>

#include <csignal>
#include <list>
#include <string>
#include <vector>

#include "tests/fault/calls.h"
#include "tests/fault/processes.h"

namespace rosterd::testing {
namespace {

// max_conns of the slow pool, nginx/rosterd-upstreams.conf.
constexpr size_t kMostOfThePool = 128;
constexpr size_t kTooMany = 40;

/// All workers, stopped in mid-air: what is sent to them waits.
class Standstill {
 public:
  explicit Standstill(const Stack& stack) : workers_(Children(stack.MasterPid())) {
    for (const pid_t worker : workers_) kill(worker, SIGSTOP);
  }
  ~Standstill() { End(); }
  Standstill(const Standstill&) = delete;
  Standstill& operator=(const Standstill&) = delete;

  void End() {
    for (const pid_t worker : workers_) kill(worker, SIGCONT);
    workers_.clear();
  }

 private:
  std::vector<pid_t> workers_;
};

/// Those of them that have an answer by now: they are read to its end, and removed.
std::vector<HttpResponse> TakeAnswered(std::list<RawConnection>& clients) {
  std::vector<HttpResponse> answers;
  for (auto client = clients.begin(); client != clients.end();) {
    const std::string beginning = client->Read(1, std::chrono::milliseconds(0));
    if (beginning.empty()) {
      ++client;
      continue;
    }
    answers.push_back(ParseResponse(beginning + client->ReadAll()));
    client = clients.erase(client);
  }
  return answers;
}

struct Row {
  const char* dialect;
  const char* method;
  const char* path;
  const char* type;
  std::string body;
};

std::vector<Row> SlowRequests(const Stack& stack) {
  const std::string links =
      R"("links":{"self":")" + stack.Http() + R"(/auth","home":")" + stack.Http() + R"(/home"}})";
  const char* const json = "application/json; charset=utf-8";
  return {
      {"cscart", "GET", "/api/2.0/users?items_per_page=0", "application/json",
       R"({"message":"Service Unavailable","status":503})"},
      {"bedita", "POST", "/auth", "application/vnd.api+json",
       R"({"error":{"status":"503","title":"Service Unavailable"},)" + links},
      {"brightact", "GET", "/api/v1/users.json?key=k", json, R"({"error":"Service Unavailable"})"},
      {"cocoaheads", "POST", "/users/auth", json,
       R"({"error":true,"reason":"Service Unavailable"})"},
      {"timeslot", "POST", "/v1/users/signin", json,
       R"({"status":"503","error":"Service Unavailable"})"}};
}

void ExpectRefusedInEachShape(const Stack& stack) {
  for (const Row& row : SlowRequests(stack)) {
    HttpRequest request;
    request.method = row.method;
    request.url = stack.Http() + row.path;
    if (request.method == "POST") request.body = "";
    request.timeout = std::chrono::seconds(5);

    const HttpResponse answer = Send(request);

    EXPECT_EQ(answer.status, 503) << row.dialect << answer.error;
    EXPECT_EQ(answer.body, row.body) << row.dialect;
    EXPECT_EQ(answer.Header("Content-Type"), row.type) << row.dialect;
    EXPECT_NE(answer.Header("Retry-After"), "") << row.dialect;
  }
}

TEST(FullPool, RefusesTheExcessAtOnceAndServesAllThatItTook) {
  const Stack& stack = SharedStack();
  const std::string slow =
      "GET /api/2.0/users?items_per_page=0&user_login=nobody HTTP/1.1\r\nHost: localhost\r\n"
      "Connection: close\r\nAuthorization: Basic " +
      Base64(stack.AdminEmail() + ":" + stack.AdminKey()) + "\r\n\r\n";
  Standstill standstill(stack);
  std::list<RawConnection> clients;
  for (size_t i = 0; i < kMostOfThePool + kTooMany; ++i) {
    clients.emplace_back(stack.HttpPort()).Send(slow);
  }

  std::vector<HttpResponse> refused;
  EXPECT_TRUE(Eventually([&] {
    for (HttpResponse& answer : TakeAnswered(clients)) refused.push_back(std::move(answer));
    return refused.size() >= kTooMany;
  }));
  ExpectRefusedInEachShape(stack);
  standstill.End();

  EXPECT_EQ(refused.size(), kTooMany);
  for (const HttpResponse& answer : refused) EXPECT_TRUE(IsProblem(answer, 503));
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
  for (const RawConnection& client : clients) {
    EXPECT_EQ(ParseResponse(client.ReadAll()).status, 200);
  }
  EXPECT_EQ(Send(Get(stack, "/users?items_per_page=0&user_login=nobody")).status, 200);
}

}  // namespace
}  // namespace rosterd::testing
