#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_nginx.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

// Clients that send GET and POST over kept connections as fast as they are answered.
class Load {
 public:
  explicit Load(const std::string& socket) {
    for (int i = 0; i < kClients; ++i) {
      threads_.emplace_back([this, socket, i] { Run(socket, i % 2 == 0 ? "" : "posted"); });
    }
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { End(); }

  int Answered() const { return answered_; }
  int Failed() const { return failed_; }
  void End() {
    ends_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  static constexpr int kClients = 24;

  void Run(const std::string& socket, const std::string& body) {
    HttpClient client(socket);
    const std::string uri = body.empty() ? "/grow?0" : "/echo";
    const std::string expected = body.empty() ? "grown" : "POST /echo? posted";
    while (!ends_) {
      const HttpAnswer answer = client.Fetch(uri, body);
      const bool right = answer.status == 200 && answer.whole && answer.body == expected;
      ++(right ? answered_ : failed_);
      if (answer.status == 0) client = HttpClient(socket);
    }
  }

  std::atomic<int> answered_{0};
  std::atomic<int> failed_{0};
  std::atomic<bool> ends_{false};
  std::vector<std::thread> threads_;
};

class Nginx : public ::testing::Test {
 protected:
  Folder folder_;
  std::string socket_ = folder_ / "s";
};

TEST_F(Nginx, PassesRequestsAndAnswers) {
  const TestServer server(folder_, TestOptions(socket_));
  const TestNginx nginx(folder_, socket_);
  HttpClient client(nginx.Socket());

  EXPECT_EQ(client.Fetch("/a%2Fb/?c=d").body, "GET /a%2Fb/?c=d ");
  EXPECT_EQ(client.Fetch("/echo", "body").body, "POST /echo? body");
  EXPECT_EQ(client.Fetch("/big?300000").body, std::string(300000, 'x'));
  EXPECT_EQ(client.Fetch("/stream?3").body, "piece 0\npiece 1\npiece 2\n");
  EXPECT_EQ(client.Fetch("/nothing").status, 204);
  EXPECT_EQ(client.Fetch("/throw").status, 500);
}

TEST_F(Nginx, PassesABrokenStreamOnAsBroken) {
  const TestServer server(folder_, TestOptions(socket_));
  const TestNginx nginx(folder_, socket_);
  HttpClient client(nginx.Socket());

  const HttpAnswer answer = client.Fetch("/break?100000");

  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.whole);
}

TEST_F(Nginx, GetsAnAnswerForEveryOneOfManyClients) {
  const TestServer server(folder_, TestOptions(socket_));
  const TestNginx nginx(folder_, socket_);
  std::vector<std::unique_ptr<HttpClient>> clients;
  clients.reserve(256);
  for (int i = 0; i < 256; ++i) clients.push_back(std::make_unique<HttpClient>(nginx.Socket()));

  int answered = 0;
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients) client->Send("/echo");
    for (const auto& client : clients) answered += client->Receive().status == 200 ? 1 : 0;
  }

  EXPECT_EQ(answered, 3 * 256);
}

TEST_F(Nginx, SeesNoFailureWhileWorkersAreReloaded) {
  const TestServer server(folder_, TestOptions(socket_));
  const TestNginx nginx(folder_, socket_);
  Load load(nginx.Socket());

  for (int round = 0; round < 10; ++round) {
    const std::vector<int> before = server.Workers();
    server.Signal(SIGHUP);
    EXPECT_TRUE(Eventually([&] {
      const std::vector<int> now = server.Workers();
      return now.size() == 2 && now[0] != before[0] && now[0] != before[1] && now[1] != before[1];
    }));
    const int answered = load.Answered();
    EXPECT_TRUE(Eventually([&] { return load.Answered() > answered + 500; }));
  }
  load.End();

  EXPECT_EQ(load.Failed(), 0) << nginx.ErrorLog();
}

TEST_F(Nginx, SeesNoFailureWhileWorkersAreRecycledByRequests) {
  ServerOptions options = TestOptions(socket_);
  options.max_requests = 200;
  const TestServer server(folder_, options);
  const TestNginx nginx(folder_, socket_);
  const std::vector<int> before = server.Workers();
  Load load(nginx.Socket());

  EXPECT_TRUE(Eventually([&] { return load.Answered() > 6000; }, std::chrono::seconds(60)));
  load.End();

  EXPECT_EQ(load.Failed(), 0) << nginx.ErrorLog();
  EXPECT_NE(server.Workers(), before);
}

TEST_F(Nginx, SeesNoFailureWhileSwollenWorkersAreReplaced) {
  ServerOptions options = TestOptions(socket_);
  options.max_memory = 256U << 20U;
  const TestServer server(folder_, options);
  const TestNginx nginx(folder_, socket_);
  Load load(nginx.Socket());
  HttpClient client(nginx.Socket());
  const std::string swollen = client.Fetch("/pid").body;
  const std::vector<int> before = server.Workers();

  EXPECT_EQ(client.Fetch("/grow?300").status, 200);

  EXPECT_TRUE(
      Eventually([&] { return server.Workers() != before && server.Workers().size() == 2; }));
  load.End();
  EXPECT_EQ(load.Failed(), 0) << nginx.ErrorLog();
}

TEST_F(Nginx, RetriesAfterAWorkerIsKilled) {
  const TestServer server(folder_, TestOptions(socket_));
  const TestNginx nginx(folder_, socket_);
  HttpClient client(nginx.Socket());
  const int victim = static_cast<int>(std::strtol(client.Fetch("/pid").body.c_str(), nullptr, 10));

  ::kill(victim, SIGKILL);

  EXPECT_EQ(client.Fetch("/echo").status, 200);
}

}  // namespace
}  // namespace rosterd::fcgi::testing
