// The database dies, hangs, or is not there yet.
#include "tests/fault/database.h"

#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <sstream>

#include "tests/e2e/json.h"
#include "tests/fault/calls.h"
#include "tests/fault/processes.h"
#include "tests/fault/traffic.h"

namespace rosterd::testing {
namespace {

// Rows of each address that begins with `tag`.
std::map<std::string, int> RowsOf(const Stack& stack, const std::string& tag) {
  std::map<std::string, int> rows;
  std::istringstream text(stack.Sql("SELECT email, COUNT(*) FROM users WHERE email LIKE '" + tag +
                                    "-%' GROUP BY email"));
  std::string email;
  for (int count = 0; text >> email >> count;) rows[email] = count;
  return rows;
}

struct Tally {
  int created = 0;
  int refused = 0;
  int lost = 0;        // 201, but not there
  int doubled = 0;     // there more than once
  int unexpected = 0;  // neither 201 nor a 503 as it should be
};

Tally TallyOf(const std::vector<Traffic::Sent>& sent, std::map<std::string, int> rows) {
  Tally tally;
  for (const Traffic::Sent& one : sent) {
    const std::string& form = *one.request.body;
    std::string email = form.substr(6, form.find('&') - 6);
    email.replace(email.find("%40"), 3, "@");
    const bool created = one.response.status == 201;
    ++(created ? tally.created : tally.refused);
    if (created && rows[email] != 1) ++tally.lost;
    if (rows[email] > 1) ++tally.doubled;
    if (created) continue;
    const auto problem = IsProblem(one.response, 503);
    if (!problem) ++tally.unexpected;
    EXPECT_TRUE(problem) << email;
  }
  return tally;
}

class EndOfTheDatabase : public ::testing::TestWithParam<int> {};

TEST_P(EndOfTheDatabase, IsAProblemUntilItIsBackAndLosesNoWrite) {
  const Stack& stack = SharedStack();
  Database database(stack);
  const std::string tag = "outage" + std::to_string(GetParam());
  Traffic writers(6, [&](int number) {
    return NewCustomer(stack, tag + "-" + std::to_string(number) + "@example.com");
  });
  ASSERT_TRUE(writers.AwaitGood(100));

  database.End(GetParam());
  const HttpResponse read = Send(Get(stack, "/users?items_per_page=2"));
  const HttpResponse ready = Probe(stack, "/readyz");
  const HttpResponse healthy = Probe(stack, "/healthz");
  const std::string metrics = Probe(stack, "/metrics").body;
  EXPECT_TRUE(writers.Await(50));
  database.Start();

  EXPECT_TRUE(IsProblem(read, 503));
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(healthy.status, 200);
  EXPECT_NE(metrics.find("\nrosterd_database_up 0\n"), std::string::npos) << metrics;
  EXPECT_TRUE(Eventually([&] { return Send(Get(stack, "/users/1")).status == 200; }));
  EXPECT_TRUE(writers.AwaitGood(100));
  const std::vector<Traffic::Sent> sent = writers.End();
  const Tally tally = TallyOf(sent, RowsOf(stack, tag));
  EXPECT_GE(tally.created, 100);
  EXPECT_GE(tally.refused, 1);
  EXPECT_EQ(tally.lost, 0);
  EXPECT_EQ(tally.doubled, 0);
  EXPECT_EQ(tally.unexpected, 0);
  EXPECT_EQ(stack.Sql("SELECT COUNT(*) FROM users LEFT JOIN cscart_profiles ON user_id = users.id "
                      "WHERE email LIKE '" +
                      tag + "-%' AND user_id IS NULL"),
            "0\n");
  EXPECT_EQ(Probe(stack, "/readyz").status, 200);
}

INSTANTIATE_TEST_SUITE_P(Signals, EndOfTheDatabase, ::testing::Values(SIGTERM, SIGKILL),
                         [](const auto& signal) -> std::string {
                           return signal.param == SIGTERM ? "Term" : "Kill";
                         });

TEST(FrozenDatabase, IsAProblemInTimeAndNotTheEnd) {
  const Stack& stack = SharedStack();
  const Database database(stack);
  ASSERT_EQ(Send(Get(stack, "/users/1")).status, 200);
  database.Freeze();

  const std::vector<HttpResponse> responses = SendAll(
      {Get(stack, "/users/1"), Get(stack, "/users/2"), NewCustomer(stack, "frozen@example.com")},
      3);
  const HttpResponse healthy = Probe(stack, "/healthz");
  database.Thaw();

  for (const HttpResponse& response : responses) EXPECT_TRUE(IsProblem(response, 503));
  EXPECT_EQ(healthy.status, 200);
  EXPECT_TRUE(Eventually([&] { return Send(Get(stack, "/users/1")).status == 200; }));
  EXPECT_TRUE(
      Eventually([&] { return Send(NewCustomer(stack, "thawed@example.com")).status == 201; }));
  EXPECT_TRUE(RowLock::AllIsQuiet(stack));
  EXPECT_LE(CountOf(stack, "frozen@example.com"), 1);
}

// The server ends sessions on its own, too: after wait_timeout, or by an operator's KILL.
TEST(EndedSessions, AreOpenedAnewWithoutAFailedRequest) {
  const Stack& stack = SharedStack();
  for (int round = 0; round < 3; ++round) {
    stack.Sql("KILL USER rosterd");
    const std::string email = "session" + std::to_string(round) + "@example.com";
    EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
    EXPECT_EQ(Send(NewCustomer(stack, email)).status, 201);
    EXPECT_EQ(CountOf(stack, email), 1);
  }
}

}  // namespace
}  // namespace rosterd::testing
