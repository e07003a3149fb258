// A start without the database, and a schema that is not the one that is needed.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "tests/fault/calls.h"
#include "tests/fault/database.h"
#include "tests/fault/processes.h"
#include "tests/fault/reload.h"

namespace rosterd::testing {
namespace {

TEST(StartWithoutADatabase, AnswersWithProblemsUntilItIsThere) {
  const Stack& stack = SharedStack();
  Database database(stack);
  database.End(SIGTERM);
  // Workers that have never seen a database.
  ASSERT_TRUE(Reload(stack));
  const CommandResult told = stack.Rosterctl({"user", "list"});

  EXPECT_TRUE(IsProblem(Send(Get(stack, "/users/1")), 503));
  EXPECT_TRUE(IsProblem(Send(NewCustomer(stack, "too-early@example.com")), 503));
  EXPECT_EQ(told.status, 1);
  EXPECT_EQ(std::count(told.err.begin(), told.err.end(), '\n'), 1) << told.err;
  database.Start();

  EXPECT_TRUE(Eventually([&] { return Send(Get(stack, "/users/1")).status == 200; }));
  EXPECT_TRUE(
      Eventually([&] { return Send(NewCustomer(stack, "in-time@example.com")).status == 201; }));
  EXPECT_EQ(CountOf(stack, "too-early@example.com"), 0);
}

TEST(OldSchema, IsAProblemUntilItIsBroughtUpToDate) {
  const Stack& stack = SharedStack();
  const std::string version = "(SELECT MAX(version) FROM schema_version)";
  stack.Sql("CREATE TABLE kept AS SELECT * FROM schema_version WHERE version = " + version +
            "; DELETE FROM schema_version WHERE version = (SELECT MAX(version) FROM kept)");
  ASSERT_TRUE(Reload(stack));

  const HttpResponse read = Send(Get(stack, "/users/1"));
  const HttpResponse ready = Probe(stack, "/readyz");
  stack.Sql("INSERT INTO schema_version SELECT * FROM kept; DROP TABLE kept");

  EXPECT_TRUE(IsProblem(read, 503));
  EXPECT_EQ(ready.status, 503);
  EXPECT_TRUE(Eventually([&] { return Send(Get(stack, "/users/1")).status == 200; }));
  EXPECT_EQ(Probe(stack, "/readyz").status, 200);
}

TEST(MissingDatabase, IsAProblemAndOneLineOfRosterctl) {
  const Stack& stack = SharedStack();
  stack.Sql("RENAME TABLE users TO mysql.kept_users");

  const HttpResponse read = Send(Get(stack, "/users/1"));
  const CommandResult told = stack.Rosterctl({"user", "list"});
  stack.Sql("RENAME TABLE mysql.kept_users TO users");

  EXPECT_TRUE(IsProblem(read, 503));
  EXPECT_NE(told.status, 0);
  EXPECT_EQ(std::count(told.err.begin(), told.err.end(), '\n'), 1) << told.err;
  EXPECT_TRUE(Eventually([&] { return Send(Get(stack, "/users/1")).status == 200; }));
}

}  // namespace
}  // namespace rosterd::testing
