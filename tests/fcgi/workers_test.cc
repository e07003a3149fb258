#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_application.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class Workers : public ::testing::Test {
 protected:
  RawAnswer Ask(const RawRequest& request) {
    RawClient client(socket_);
    client.Send(request);
    return client.Receive();
  }
  static bool Logs(const TestServer& server, const std::string& text) {
    return Eventually([&] { return server.LogText().find(text) != std::string::npos; });
  }
  int AskForPid() {
    return static_cast<int>(std::strtol(Ask(Get("/pid")).body.c_str(), nullptr, 10));
  }

  Folder folder_;
  std::string socket_ = folder_ / "s";
};

TEST_F(Workers, AreReplacedWhenKilledInMidRequest) {
  const TestServer server(folder_, TestOptions(socket_));
  RawClient client(socket_);
  client.Send(Get("/pid"));
  const int victim = static_cast<int>(std::strtol(client.Receive().body.c_str(), nullptr, 10));
  client.Send(Get("/sleep?20000"));

  ::kill(victim, SIGKILL);

  EXPECT_TRUE(client.Receive().closed);
  EXPECT_EQ(Ask(Get("/echo")).status_line, "Status: 200 OK");
  EXPECT_TRUE(Logs(server, "of pool test was ended by signal 9\n"));
  EXPECT_TRUE(Eventually([&] { return server.Workers().size() == 2; }));
}

TEST_F(Workers, AreKilledAndReplacedWhenStuckInARequest) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  options.request_timeout = std::chrono::seconds(1);
  const TestServer server(folder_, options);
  const int first = AskForPid();

  RawClient stuck(socket_);
  stuck.Send(Get("/sleep?60000"));

  EXPECT_TRUE(stuck.Receive().closed);
  EXPECT_NE(AskForPid(), first);
  EXPECT_THAT(server.LogText(), HasSubstr("is stuck in one request: killed\n"));
  EXPECT_THAT(Ask(Get("/metrics")).body,
              HasSubstr("rosterd_worker_restarts_total{pool=\"test\"} 1\n"));
}

TEST_F(Workers, ShowTheirMemory) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 2;
  const TestServer server(folder_, options);
  const auto value = [&](const std::string& metric) {
    const std::string text = Ask(Get("/metrics")).body;
    const size_t at = text.find("\n" + metric + "{pool=\"test\"} ");
    if (at == std::string::npos) return 0L;
    return std::strtol(text.c_str() + text.find(' ', at), nullptr, 10);
  };

  ASSERT_TRUE(Eventually([&] { return value("rosterd_memory_bytes") > 100'000; }));

  const long largest = value("rosterd_worker_memory_bytes");
  EXPECT_GT(largest, 1'000'000);
  EXPECT_LT(value("rosterd_memory_bytes"), 2 * largest);
}

TEST_F(Workers, AreNotStuckWhileAStreamMovesOn) {
  ServerOptions options = TestOptions(socket_);
  options.request_timeout = std::chrono::seconds(1);
  const TestServer server(folder_, options);
  RawClient client(socket_);

  client.Send(Get("/drip?25"));

  EXPECT_TRUE(client.Receive().complete);
}

TEST_F(Workers, ThatCannotStartAreStartedAgainWithGrowingPauses) {
  const std::string marks = folder_ / "marks";
  TestServer::Setting setting;
  setting.hooks.make_application = [&]() -> std::unique_ptr<Application> {
    std::ofstream(marks, std::ios::app) << "x" << std::flush;
    if (ReadFile(marks).size() < 6) throw std::runtime_error("no luck yet");
    return std::make_unique<TestApplication>();
  };
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  const auto start = std::chrono::steady_clock::now();

  const TestServer server(folder_, options, setting);

  EXPECT_EQ(Ask(Get("/echo")).status_line, "Status: 200 OK");
  EXPECT_EQ(ReadFile(marks).size(), 6U);
  // 100 + 200 + 400 + 800 + 1600 milliseconds between the six.
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(3000));
  EXPECT_THAT(server.LogText(), HasSubstr("<3>a worker cannot go on: no luck yet\n"));
}

TEST_F(Workers, ThatAreIdleServeWhatWaitsBehindASlowRequest) {
  const TestServer server(folder_, TestOptions(socket_));
  ASSERT_TRUE(Eventually(
      [&] { return Ask(Get("/metrics")).body.find("state=\"idle\"} 1") != std::string::npos; }));
  std::vector<std::unique_ptr<RawClient>> clients;
  clients.reserve(8);
  for (int i = 0; i < 8; ++i) clients.push_back(std::make_unique<RawClient>(socket_));
  const auto start = std::chrono::steady_clock::now();

  // Whoever has accepted them, two workers share twice eight times 100 ms: one alone cannot be done
  // with them in less than 1600.
  for (int round = 0; round < 2; ++round) {
    for (const auto& client : clients) client->Send(Get("/sleep?100"));
    for (const auto& client : clients) EXPECT_EQ(client->Receive().body, "slept");
  }

  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1600));
}

TEST_F(Workers, StandBackAsTheirPoolSays) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].nice = 7;
  options.pools[0].batch = true;
  const TestServer server(folder_, options);
  const int worker = AskForPid();

  EXPECT_EQ(::getpriority(PRIO_PROCESS, static_cast<id_t>(worker)), 7);
  EXPECT_EQ(::sched_getscheduler(worker), SCHED_BATCH);
  EXPECT_EQ(::getpriority(PRIO_PROCESS, static_cast<id_t>(server.Pid())), 0);
  EXPECT_EQ(::sched_getscheduler(server.Pid()), SCHED_OTHER);
}

TEST_F(Workers, ShareTheConnectionsFairly) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 4;
  const TestServer server(folder_, options);
  ASSERT_TRUE(Eventually([&] { return server.Workers().size() == 4; }));
  const std::vector<int> workers = server.Workers();
  std::for_each(workers.begin() + 1, workers.end(), [](int pid) { ::kill(pid, SIGSTOP); });
  std::vector<std::unique_ptr<RawClient>> clients;
  const auto ask_all = [&] {
    std::map<std::string, int> connections;
    for (const auto& client : clients) client->Send(Get("/pid"));
    for (const auto& client : clients) ++connections[client->Receive().body];
    return connections;
  };
  for (int i = 0; i < 40; ++i) clients.push_back(std::make_unique<RawClient>(socket_));
  ASSERT_THAT(ask_all(), ElementsAre(Pair(std::to_string(workers[0]), 40)));

  std::for_each(workers.begin() + 1, workers.end(), [](int pid) { ::kill(pid, SIGCONT); });

  // A share is ten, and what is an eighth above it is not worth the trouble.
  EXPECT_TRUE(Eventually([&] {
    const auto connections = ask_all();
    return connections.size() == 4 &&
           std::ranges::all_of(connections, [](const auto& each) { return each.second <= 12; });
  }));
}

TEST_F(Workers, EndWithTheirMaster) {
  TestServer server(folder_, TestOptions(socket_));
  ASSERT_TRUE(Eventually([&] { return server.Workers().size() == 2; }));
  const std::vector<int> workers = server.Workers();

  server.Signal(SIGKILL);
  server.WaitForEnd();

  EXPECT_TRUE(Eventually([&] {
    return std::none_of(workers.begin(), workers.end(), [](int pid) {
      const std::string status = ReadFile("/proc/" + std::to_string(pid) + "/stat");
      return !status.empty() && status.find(") Z ") == std::string::npos;
    });
  }));
}

TEST_F(Workers, FinishTheRequestInProgressOnTerm) {
  TestServer server(folder_, TestOptions(socket_));
  RawClient client(socket_);
  client.Send(Get("/sleep?1000"));
  ASSERT_TRUE(Logs(server, "sleeping"));

  server.Signal(SIGTERM);

  EXPECT_EQ(client.Receive().body, "slept");
  EXPECT_EQ(server.WaitForEnd(), 0);
}

TEST_F(Workers, FinishTheStreamInProgressOnTerm) {
  TestServer server(folder_, TestOptions(socket_));
  RawClient client(socket_);
  client.Send(Get("/drip?10"));
  ASSERT_EQ(Ask(Get("/echo")).body, "GET /echo? ");

  server.Signal(SIGTERM);

  EXPECT_THAT(client.Receive().body, ::testing::EndsWith("piece 9\n"));
  EXPECT_EQ(server.WaitForEnd(), 0);
}

TEST_F(Workers, OfAReloadTakeOverAConnectionAtTheEndOfItsStream) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  const TestServer server(folder_, options);
  const int before = AskForPid();
  RawClient client(socket_);
  client.Send(Get("/drip?20"));
  RawClient beside(socket_);
  beside.Send(Get("/pid"));
  ASSERT_EQ(beside.Receive().body, std::to_string(before));

  server.Signal(SIGHUP);
  ASSERT_TRUE(Eventually([&] { return AskForPid() != before; }));
  beside.Send(Get("/echo"));

  EXPECT_EQ(beside.Receive().body, "GET /echo? ");
  EXPECT_THAT(client.Receive().body, ::testing::EndsWith("piece 19\n"));
  client.Send(Get("/echo"));
  EXPECT_EQ(client.Receive().body, "GET /echo? ");
}

TEST_F(Workers, AnswerWhatHasComeInBeforeTerm) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  TestServer server(folder_, options);
  RawClient busy(socket_);
  busy.Send(Get("/sleep?500"));
  RawClient waiting(socket_);
  waiting.Send(Get("/echo"));
  RawClient another(socket_);
  another.Send(Get("/echo"));
  ASSERT_TRUE(Logs(server, "sleeping"));

  server.Signal(SIGTERM);

  EXPECT_EQ(busy.Receive().body, "slept");
  EXPECT_EQ(waiting.Receive().body, "GET /echo? ");
  EXPECT_EQ(another.Receive().body, "GET /echo? ");
}

TEST_F(Workers, AreKilledWhenTheyDoNotEndInTime) {
  ServerOptions options = TestOptions(socket_);
  options.drain_timeout = std::chrono::seconds(1);
  TestServer server(folder_, options);
  RawClient client(socket_);
  client.Send(Get("/sleep?60000"));
  ASSERT_TRUE(Logs(server, "sleeping"));

  server.Signal(SIGTERM);

  EXPECT_EQ(server.WaitForEnd(), 0);
  EXPECT_THAT(server.LogText(), HasSubstr("does not end: killed\n"));
}

TEST_F(Workers, OfAReloadTakeOverTheConnections) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  const TestServer server(folder_, options);
  RawClient client(socket_);
  client.Send(Get("/pid"));
  const std::string before = client.Receive().body;

  server.Signal(SIGHUP);
  ASSERT_TRUE(Eventually([&] {
    const std::vector<int> workers = server.Workers();
    return workers.size() == 1 && std::to_string(workers[0]) != before;
  }));
  client.Send(Get("/pid"));

  const RawAnswer answer = client.Receive();
  EXPECT_TRUE(answer.complete);
  EXPECT_NE(answer.body, before);
}

TEST_F(Workers, ThatSomebodyTermsPassTheirConnectionsOn) {
  ServerOptions options = TestOptions(socket_);
  options.pools[0].workers = 1;
  const TestServer server(folder_, options);
  RawClient client(socket_);
  client.Send(Get("/pid"));
  const int before = static_cast<int>(std::strtol(client.Receive().body.c_str(), nullptr, 10));

  ::kill(before, SIGTERM);
  ASSERT_TRUE(Eventually([&] { return AskForPid() != before; }));
  client.Send(Get("/echo"));

  EXPECT_EQ(client.Receive().body, "GET /echo? ");
}

TEST_F(Workers, AreAsManyAsTheReloadedOptionsSay) {
  const ServerOptions options = TestOptions(socket_);
  TestServer::Setting setting;
  setting.hooks.reload = [options]() -> std::optional<ServerOptions> {
    ServerOptions fresh = options;
    fresh.pools[0].workers = 5;
    fresh.max_body = 3;
    return fresh;
  };
  const TestServer server(folder_, options, setting);

  server.Signal(SIGHUP);

  EXPECT_TRUE(Eventually([&] { return server.Workers().size() == 5; }));
  EXPECT_TRUE(Eventually([&] { return Ask(Post("/echo", "long")).body == "failed 413"; }));
}

TEST_F(Workers, StayWhenTheReloadIsRefused) {
  TestServer::Setting setting;
  setting.hooks.reload = [] { return std::nullopt; };
  const TestServer server(folder_, TestOptions(socket_), setting);
  const std::vector<int> before = server.Workers();

  server.Signal(SIGHUP);

  EXPECT_TRUE(Logs(server, "the settings stay as they were"));
  EXPECT_EQ(server.Workers(), before);
}

TEST_F(Workers, AreToldToTheProgramWhenTheyStartAndEnd) {
  TestServer::Setting setting;
  const std::string started = folder_ / "started";
  const std::string ended = folder_ / "ended";
  setting.hooks.worker_started = [=] { std::ofstream(started, std::ios::app) << "x"; };
  setting.hooks.worker_ended = [=](int pid) { std::ofstream(ended, std::ios::app) << pid << '\n'; };
  const TestServer server(folder_, TestOptions(socket_), setting);
  const int victim = AskForPid();

  ::kill(victim, SIGKILL);

  EXPECT_TRUE(Eventually([&] { return ReadFile(ended) == std::to_string(victim) + "\n"; }));
  EXPECT_TRUE(Eventually([&] { return ReadFile(started) == "xxx"; }));
}

}  // namespace
}  // namespace rosterd::fcgi::testing
