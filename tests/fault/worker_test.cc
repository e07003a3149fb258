// Workers that die, or hang, while a client waits for them.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "tests/e2e/json.h"
#include "tests/fault/calls.h"
#include "tests/fault/database.h"
#include "tests/fault/processes.h"
#include "tests/fault/reload.h"

namespace rosterd::testing {
namespace {

// Blocks every new person: it covers the gap behind the last one.
const char* const kNewPersons = "SELECT id FROM users WHERE id > 19000 FOR UPDATE";

// The worker that waits for the database; the others wait for something to do.
pid_t BusyWorker(const Stack& stack) {
  std::vector<pid_t> busy;
  const bool found = Eventually([&] {
    busy = BusyChildren(stack.MasterPid());
    return busy.size() == 1;
  });
  return found ? busy.front() : 0;
}

std::string FirstName(const Stack& stack, const std::string& id) {
  return stack.Sql("SELECT first_name FROM users WHERE id = " + id);
}

TEST(KilledWorker, GivesItsClientAProblemAndLeavesNothingOfAPost) {
  const Stack& stack = SharedStack();
  RowLock lock(stack, kNewPersons);
  auto answer = InBackground(NewCustomer(stack, "killed-post@example.com"));
  ASSERT_TRUE(RowLock::IsWaitedFor(stack));
  const pid_t worker = BusyWorker(stack);
  ASSERT_NE(worker, 0);

  kill(worker, SIGKILL);

  EXPECT_TRUE(IsProblem(answer.get(), 503));
  lock.Release();
  EXPECT_TRUE(RowLock::AllIsQuiet(stack));
  EXPECT_EQ(CountOf(stack, "killed-post@example.com"), 0);
  EXPECT_EQ(stack.Sql("SELECT COUNT(*) FROM cscart_profiles WHERE user_id NOT IN "
                      "(SELECT id FROM users)"),
            "0\n");
  EXPECT_EQ(Send(NewCustomer(stack, "killed-post@example.com")).status, 201);
  EXPECT_EQ(CountOf(stack, "killed-post@example.com"), 1);
}

// nginx may ask a second worker: a PUT can be repeated.
TEST(KilledWorker, LeavesAPutDoneOrUndone) {
  const Stack& stack = SharedStack();
  const std::string id = AddCustomer(stack, "killed-put@example.com");
  RowLock lock(stack, "SELECT id FROM users WHERE id = " + id + " FOR UPDATE");
  auto answer = InBackground(Put(stack, "/users/" + id, "firstname=New&b_city=Orel"));
  ASSERT_TRUE(RowLock::IsWaitedFor(stack));
  const pid_t worker = BusyWorker(stack);
  ASSERT_NE(worker, 0);

  kill(worker, SIGKILL);
  ASSERT_TRUE(Eventually([&] { return IsGone(worker); }));
  lock.Release();

  const HttpResponse response = answer.get();
  EXPECT_TRUE(RowLock::AllIsQuiet(stack));
  if (response.status == 200) {
    EXPECT_EQ(FirstName(stack, id), "New\n");
  } else {
    EXPECT_TRUE(IsProblem(response, 503));
    EXPECT_EQ(FirstName(stack, id), "\n");
  }
  EXPECT_EQ(Send(Put(stack, "/users/" + id, "firstname=Newer")).status, 200);
  EXPECT_EQ(FirstName(stack, id), "Newer\n");
}

TEST(KilledWorkers, AreReplacedWithoutAFailedRequest) {
  const Stack& stack = SharedStack();
  const std::vector<pid_t> workers = Children(stack.MasterPid());

  for (const pid_t worker : workers) kill(worker, SIGKILL);

  // Those that come meanwhile wait in the socket, which is the master's.
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
  EXPECT_EQ(Send(NewCustomer(stack, "after-all-died@example.com")).status, 201);
  EXPECT_EQ(Send(Get(stack, "/users?items_per_page=0&user_login=nobody")).status, 200);
  EXPECT_TRUE(Eventually([&] { return Children(stack.MasterPid()).size() == kWorkers; }));
}

TEST(StuckWorker, IsKilledAndItsClientToldSo) {
  const Stack& stack = SharedStack();
  const ChangedSettings settings(stack, "server:\n  request_timeout: 2s\n");
  RowLock lock(stack, kNewPersons);
  auto answer = InBackground(NewCustomer(stack, "stuck@example.com"));
  ASSERT_TRUE(RowLock::IsWaitedFor(stack));

  EXPECT_TRUE(IsProblem(answer.get(), 503));

  EXPECT_TRUE(Eventually([&] { return LogHas(stack, "is stuck in one request: killed"); }));
  lock.Release();
  EXPECT_TRUE(RowLock::AllIsQuiet(stack));
  EXPECT_EQ(CountOf(stack, "stuck@example.com"), 0);
  EXPECT_EQ(Send(NewCustomer(stack, "stuck@example.com")).status, 201);
}

// Nobody kills anybody: the database gives up on the lock, three times, before nginx gives up on
// us.
TEST(LockedRow, IsAProblemInTime) {
  const Stack& stack = SharedStack();
  const std::string id = AddCustomer(stack, "locked-row@example.com");
  const RowLock lock(stack, "SELECT id FROM users WHERE id = " + id + " FOR UPDATE");
  auto answer = InBackground(Put(stack, "/users/" + id, "firstname=New"));
  ASSERT_TRUE(RowLock::IsWaitedFor(stack));

  EXPECT_EQ(Send(Get(stack, "/users/" + id)).status, 200);

  EXPECT_TRUE(IsProblem(answer.get(), 503));
  EXPECT_EQ(FirstName(stack, id), "\n");
}

}  // namespace
}  // namespace rosterd::testing
