#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

// A server with one helper process, which writes its id into a file and waits for its end.
class HelperProcess : public ::testing::Test {
 protected:
  TestServer::Setting Setting(std::function<void(const HelperLife&)> run) const {
    TestServer::Setting setting;
    setting.hooks.helpers = {{"scribe", std::move(run)}};
    return setting;
  }
  TestServer::Setting Patient() const {
    return Setting([this](const HelperLife& life) {
      Write();
      while (life.Wait(1h)) continue;
      std::ofstream(folder_ / "ended") << "in good order";
    });
  }
  ServerOptions OneWorker() const {
    ServerOptions options = TestOptions(socket_);
    options.pools[0].workers = 1;
    return options;
  }
  void Write() const {
    std::ofstream(pids_, std::ios::app) << std::to_string(::getpid()) + "\n" << std::flush;
  }
  /// How often it was started.
  std::ptrdiff_t Starts() const {
    const std::string pids = ReadFile(pids_);
    return std::count(pids.begin(), pids.end(), '\n');
  }
  /// The process that was started last.
  int Pid() const {
    const std::string pids = ReadFile(pids_);
    const size_t line = pids.rfind('\n', pids.size() - 2);
    return std::atoi(pids.c_str() + (line == std::string::npos ? 0 : line + 1));
  }
  static bool IsGone(int pid) {
    const std::string status = ReadFile("/proc/" + std::to_string(pid) + "/stat");
    return status.empty() || status.find(") Z ") != std::string::npos;
  }
  bool Answers() const {
    RawClient client(socket_);
    client.Send(Get("/echo"));
    return client.Receive().complete;
  }

  Folder folder_;
  std::string socket_ = folder_ / "s";
  std::string pids_ = folder_ / "pids";
};

TEST_F(HelperProcess, RunsBesideTheWorkersUnderItsName) {
  const TestServer server(folder_, OneWorker(), Patient());

  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));

  EXPECT_EQ(ReadFile("/proc/" + std::to_string(Pid()) + "/comm"), "scribe\n");
  EXPECT_TRUE(Answers());
}

TEST_F(HelperProcess, EndsWithTheServer) {
  TestServer server(folder_, OneWorker(), Patient());
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));

  server.Signal(SIGTERM);

  EXPECT_EQ(server.WaitForEnd(), 0);
  EXPECT_EQ(ReadFile(folder_ / "ended"), "in good order");
  EXPECT_TRUE(IsGone(Pid()));
  EXPECT_THAT(server.LogText(), Not(HasSubstr("scribe")));
}

TEST_F(HelperProcess, EndsWithAMasterThatIsKilled) {
  TestServer server(folder_, OneWorker(), Patient());
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));

  server.Signal(SIGKILL);
  server.WaitForEnd();

  EXPECT_TRUE(Eventually([&] { return IsGone(Pid()); }));
}

TEST_F(HelperProcess, IsStartedAgainWhenItIsKilled) {
  const TestServer server(folder_, OneWorker(), Patient());
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));

  ::kill(Pid(), SIGKILL);

  EXPECT_TRUE(Eventually([&] { return Starts() == 2; }));
  EXPECT_THAT(server.LogText(),
              HasSubstr("<4>the scribe was ended by signal 9 and is started again\n"));
}

TEST_F(HelperProcess, IsStartedAgainWithGrowingPausesWhenItDiesYoung) {
  const auto start = std::chrono::steady_clock::now();
  const TestServer server(folder_, OneWorker(), Setting([this](const HelperLife&) {
                            Write();
                            throw std::runtime_error("no ink");
                          }));

  ASSERT_TRUE(Eventually([&] { return Starts() >= 5; }));

  // 100 + 200 + 400 + 800 milliseconds between the five.
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1500ms);
  EXPECT_THAT(server.LogText(), HasSubstr("<3>the scribe cannot go on: no ink\n"));
  EXPECT_TRUE(Answers());
}

TEST_F(HelperProcess, MakesWayForAnotherOnReload) {
  const TestServer server(folder_, OneWorker(), Patient());
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));
  const int first = Pid();

  server.Signal(SIGHUP);

  ASSERT_TRUE(Eventually([&] { return Starts() == 2; }));
  EXPECT_TRUE(IsGone(first));
  EXPECT_THAT(server.LogText(), Not(HasSubstr("scribe")));
}

TEST_F(HelperProcess, LeavesWhatATerminalSendsToTheMaster) {
  const TestServer server(folder_, OneWorker(), Patient());
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));
  const int pid = Pid();

  for (const int number : {SIGINT, SIGHUP, SIGQUIT}) ::kill(pid, number);

  EXPECT_TRUE(Answers());
  EXPECT_FALSE(IsGone(pid));
}

TEST_F(HelperProcess, IsKilledWhenItDoesNotEndInTime) {
  ServerOptions options = OneWorker();
  options.drain_timeout = 1s;
  TestServer server(folder_, options, Setting([this](const HelperLife&) {
                      Write();
                      while (true) std::this_thread::sleep_for(1h);
                    }));
  ASSERT_TRUE(Eventually([&] { return Starts() == 1; }));

  server.Signal(SIGTERM);

  EXPECT_EQ(server.WaitForEnd(), 0);
  EXPECT_THAT(server.LogText(), HasSubstr("the scribe does not end: killed\n"));
}

}  // namespace
}  // namespace rosterd::fcgi::testing
