// Reload, drain and death of the master.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "tests/fault/calls.h"
#include "tests/fault/database.h"
#include "tests/fault/processes.h"
#include "tests/fault/reload.h"
#include "tests/fault/traffic.h"

namespace rosterd::testing {
namespace {

TEST(Reload, FailsNoRequestUnderLoad) {
  const Stack& stack = SharedStack();
  Traffic readers(4, [&](int number) {
    return Get(stack, number % 2 == 0 ? "/users/1" : "/users?items_per_page=3");
  });
  Traffic writers(4, [&](int number) {
    return NewCustomer(stack, "reload-" + std::to_string(number) + "@example.com");
  });
  ASSERT_TRUE(readers.Await(20) && writers.Await(20));

  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(Reload(stack));
    EXPECT_TRUE(readers.Await(50) && writers.Await(50));
  }

  for (const Traffic::Sent& one : readers.End()) {
    EXPECT_EQ(one.response.status, 200) << one.response.error << one.response.body;
  }
  for (const Traffic::Sent& one : writers.End()) {
    EXPECT_EQ(one.response.status, 201) << one.response.error << one.response.body;
  }
}

TEST(Reload, KeepsTheOldSettingsWhenTheNewAreWrong) {
  const Stack& stack = SharedStack();
  const auto file = stack.State() / "conf.d/95-wrong.yaml";
  const std::vector<pid_t> before = Children(stack.MasterPid());
  std::ofstream(file) << "server:\n  request_timeout: soon\n";

  kill(stack.MasterPid(), SIGHUP);

  EXPECT_TRUE(Eventually([&] { return LogHas(stack, "95-wrong.yaml:2: "); }));
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
  EXPECT_EQ(Children(stack.MasterPid()), before);
  std::filesystem::remove(file);
}

/// For those that end the master: the whole stack is started again.
class EndedMaster : public ::testing::Test {
 protected:
  void TearDown() override {
    stack_.Stop();
    stack_.Start();
    EXPECT_EQ(Send(Get(stack_, "/users/1")).status, 200);
  }

  /// nginx is alone now.
  void ExpectProblems() {
    EXPECT_TRUE(Eventually([&] { return Send(Get(stack_, "/users/1")).status == 503; }));
    EXPECT_TRUE(IsProblem(Send(Get(stack_, "/users/1")), 503));
    EXPECT_TRUE(IsProblem(Send(NewCustomer(stack_, "nobody-home@example.com")), 503));
    EXPECT_EQ(Probe(stack_, "/healthz").status, 503);
  }

  Stack& stack_ = SharedStack();
};

TEST_F(EndedMaster, TakesItsWorkersAlongWhenKilled) {
  const std::vector<pid_t> workers = Children(stack_.MasterPid());

  kill(stack_.MasterPid(), SIGKILL);

  for (const pid_t worker : workers) EXPECT_TRUE(Eventually([&] { return IsGone(worker); }));
  ExpectProblems();
}

TEST_F(EndedMaster, EndsAfterTheRequestsInProgress) {
  const std::string id = AddCustomer(stack_, "drained@example.com");
  const std::vector<pid_t> workers = Children(stack_.MasterPid());
  RowLock lock(stack_, "SELECT id FROM users WHERE id = " + id + " FOR UPDATE");
  auto answer = InBackground(Put(stack_, "/users/" + id, "firstname=Last"));
  ASSERT_TRUE(RowLock::IsWaitedFor(stack_));

  kill(stack_.MasterPid(), SIGTERM);
  ASSERT_TRUE(Eventually([&] { return Children(stack_.MasterPid()).size() == 1; }));
  lock.Release();

  EXPECT_EQ(answer.get().status, 200);
  EXPECT_EQ(stack_.Sql("SELECT first_name FROM users WHERE id = " + id), "Last\n");
  EXPECT_TRUE(Eventually([&] { return IsGone(stack_.MasterPid()); }));
  for (const pid_t worker : workers) EXPECT_TRUE(IsGone(worker));
  ExpectProblems();
}

// As after a boot at which the database is slower; nginx and its sockets are there already.
TEST_F(EndedMaster, StartsAgainWithoutADatabase) {
  const std::vector<std::string> command = CommandLine(stack_.MasterPid());
  Database database(stack_);
  kill(stack_.MasterPid(), SIGTERM);
  Reap(stack_.MasterPid());
  database.End(SIGTERM);

  const pid_t master = Launch(command, stack_.State() / "log/rosterd.log");

  EXPECT_TRUE(Eventually([&] { return Probe(stack_, "/healthz").status == 200; }));
  EXPECT_TRUE(IsProblem(Send(Get(stack_, "/users/1")), 503));
  database.Start();
  EXPECT_TRUE(Eventually([&] { return Send(Get(stack_, "/users/1")).status == 200; }));
  kill(master, SIGTERM);
  EXPECT_EQ(Reap(master), 0);
}

}  // namespace
}  // namespace rosterd::testing
