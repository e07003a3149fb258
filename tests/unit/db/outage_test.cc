#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

// Ends the connection as the server's operator would.
void KillConnection(Notes& notes, const std::string& id) { notes.database.Execute("KILL " + id); }

std::string IdOf(Connection& connection) { return *Ask(connection, "SELECT CONNECTION_ID()"); }

// A read as soon as the pause after a failed attempt to connect is over.
StoreResult<std::string> AskSoon(Connection& connection, std::string_view sql) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  auto answer = Ask(connection, sql);
  while (!answer && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
    answer = Ask(connection, sql);
  }
  return answer;
}

TEST(Outage, OfTheConnectionDoesNotFailARead) {
  Notes notes;
  const std::string before = IdOf(notes.connection);
  KillConnection(notes, before);

  EXPECT_NE(IdOf(notes.connection), before);
}

TEST(Outage, IsCounted) {
  Notes notes;
  KillConnection(notes, IdOf(notes.connection));
  IdOf(notes.connection);

  const Faults faults = notes.connection.TakeFaults();
  EXPECT_EQ(faults.lost, 1U);
  EXPECT_EQ(faults.unavailable, 0U);
  EXPECT_EQ(faults.repeated, 0U);
  EXPECT_EQ(notes.connection.TakeFaults().lost, 0U);
}

TEST(Outage, IsCountedWhenNoServerIsThere) {
  config::Database nowhere;
  nowhere.hosts = {"/nonexistent/mysql.sock"};
  Connection connection(nowhere);

  EXPECT_FALSE(Ask(connection, "SELECT 1"));

  EXPECT_EQ(connection.TakeFaults().unavailable, 1U);
}

TEST(Outage, BetweenTwoStatementsRepeatsTheTransaction) {
  Notes notes;
  int runs = 0;
  const auto outcome = Do(notes.connection, [&](Session& session) {
    session.Execute("UPDATE notes SET text = CONCAT(text, 'x') WHERE id = 1");
    Rows id = session.Query("SELECT CONNECTION_ID()");
    ASSERT_TRUE(id.Next());
    if (++runs == 1) KillConnection(notes, id.Text(0));
    session.Execute("UPDATE notes SET text = CONCAT(text, 'x') WHERE id = 2");
  });

  EXPECT_TRUE(outcome);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(notes.TextOf(1), "x");
  EXPECT_EQ(notes.TextOf(2), "x");
}

TEST(Outage, AtTheCommitIsUnknownAndNotRepeated) {
  Notes notes;
  int runs = 0;
  const auto outcome = Do(notes.connection, [&](Session& session) {
    ++runs;
    Rows id = session.Query("SELECT CONNECTION_ID()");
    ASSERT_TRUE(id.Next());
    session.Execute(kWrite, "unknown", 1);
    KillConnection(notes, id.Text(0));
  });

  EXPECT_EQ(outcome.error(), StoreError::kUnavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(*Ask(notes.connection, "SELECT COUNT(*) FROM notes"), "2");
}

TEST(Outage, IsRepeatedOnlyOnce) {
  Notes notes;
  int runs = 0;
  const auto outcome = Do(notes.connection, [&](Session& session) {
    ++runs;
    Rows id = session.Query("SELECT CONNECTION_ID()");
    ASSERT_TRUE(id.Next());
    KillConnection(notes, id.Text(0));
    session.Execute(kWrite, "never", 1);
  });

  EXPECT_EQ(outcome.error(), StoreError::kUnavailable);
  EXPECT_EQ(runs, 2);
}

TEST(Outage, OfTheServerEndsWhenItIsBack) {
  testing::MariadbServer server;
  testing::TestDatabase database(testing::TestDatabase::Schema::kEmpty, server);
  Connection connection(database.Settings());
  ASSERT_TRUE(Ask(connection, "SELECT 1"));

  server.Stop();
  EXPECT_EQ(Ask(connection, "SELECT 1").error(), StoreError::kUnavailable);
  server.Start();

  EXPECT_EQ(*AskSoon(connection, "SELECT 1"), "1");
}

TEST(Outage, OfTheServerBetweenTwoRequestsIsNotNoticed) {
  testing::MariadbServer server;
  testing::TestDatabase database(testing::TestDatabase::Schema::kEmpty, server);
  Connection connection(database.Settings());
  ASSERT_TRUE(Ask(connection, "SELECT 1"));

  server.Kill();
  server.Start();

  EXPECT_EQ(*Ask(connection, "SELECT 1"), "1");
}

TEST(Outage, OfWritingSendsATransactionToTheNextHost) {
  testing::MariadbServer reader;
  Notes notes;
  testing::TestDatabase replica(testing::TestDatabase::Schema::kEmpty, reader);
  replica.Execute("CREATE DATABASE IF NOT EXISTS " + notes.database.Settings().name);
  replica.Execute("CREATE TABLE " + notes.database.Settings().name +
                  ".notes (id BIGINT UNSIGNED PRIMARY KEY, text VARCHAR(20) NULL)");
  replica.Execute("CREATE USER app@localhost");
  replica.Execute("GRANT ALL ON *.* TO app@localhost");
  replica.Execute("REVOKE SUPER, READ_ONLY ADMIN ON *.* FROM app@localhost");
  replica.Execute("SET GLOBAL read_only = 1");
  notes.database.Execute("CREATE USER IF NOT EXISTS app@localhost");
  notes.database.Execute("GRANT ALL ON *.* TO app@localhost");
  config::Database settings = notes.database.Settings();
  settings.defaults_file = reader.Directory() / "app.cnf";
  std::ofstream(settings.defaults_file) << "[rosterd]\nuser=app\n";
  settings.hosts = {reader.Socket(), notes.database.Server().Socket()};
  Connection connection(settings);

  EXPECT_TRUE(Do(connection, [](Session& session) { session.Execute(kWrite, "written", 1); }));
  EXPECT_EQ(notes.TextOf(1), "written");
}

}  // namespace
}  // namespace rosterd::db
