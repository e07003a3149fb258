#include "db/connection.h"

#include <gtest/gtest.h>

#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

TEST(Connection, SendsAReadOnceWhenItsStatementIsHeld) {
  Notes notes;
  ASSERT_TRUE(Ask(notes.connection, "SELECT 1"));
  const uint64_t before = notes.connection.Statements();

  ASSERT_TRUE(Ask(notes.connection, "SELECT 1"));

  EXPECT_EQ(notes.connection.Statements() - before, 1U);
}

TEST(Connection, HoldsTwoHundredAndFiftySixStatements) {
  Notes notes;
  const auto query = [](int number) { return "SELECT " + std::to_string(number); };
  for (int i = 0; i < 256; ++i) ASSERT_TRUE(Ask(notes.connection, query(i)));
  ASSERT_TRUE(Ask(notes.connection, query(0)));  // so that 1 is the one used longest ago
  ASSERT_TRUE(Ask(notes.connection, query(256)));
  const uint64_t before = notes.connection.Statements();

  ASSERT_TRUE(Ask(notes.connection, query(0)));
  EXPECT_EQ(notes.connection.Statements() - before, 1U);
  ASSERT_TRUE(Ask(notes.connection, query(1)));
  EXPECT_EQ(notes.connection.Statements() - before, 3U);  // prepared again, then sent
}

TEST(Connection, DoesNotHoldAStatementWithALargeAnswer) {
  Notes notes;
  constexpr std::string_view kLarge = "SELECT seq FROM seq_1_to_1000";
  const auto read_all = [&](Session& session) {
    Rows rows = session.Query(kLarge);
    uint64_t sum = 0;
    while (rows.Next()) sum += rows.Number(0);
    EXPECT_EQ(sum, 500'500U);
  };
  ASSERT_TRUE(Do(notes.connection, read_all));
  const uint64_t before = notes.connection.Statements();

  ASSERT_TRUE(Do(notes.connection, read_all));
  EXPECT_EQ(notes.connection.Statements() - before, 4U);  // BEGIN, prepare, execute, COMMIT
}

TEST(Connection, MeasuresTheTimeInTheDatabaseOnce) {
  Notes notes;
  ASSERT_TRUE(Ask(notes.connection, "SELECT SLEEP(0.05)"));

  EXPECT_GE(notes.connection.TakeTime(), std::chrono::milliseconds{50});
  EXPECT_EQ(notes.connection.TakeTime(), std::chrono::microseconds{0});
}

TEST(Connection, TellsChangedRowsAndTheLastId) {
  Notes notes;
  notes.database.Execute("CREATE TABLE numbered (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY)");
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    EXPECT_EQ(session.Execute("INSERT INTO numbered VALUES (41)").rows, 1U);
    EXPECT_EQ(session.Execute("INSERT INTO numbered VALUES (NULL)").last_id, 42U);
    EXPECT_EQ(session.Execute(kWrite, "same", 1).rows, 1U);
    EXPECT_EQ(session.Execute(kWrite, "same", 1).rows, 0U);
  }));
}

TEST(Connection, TriesHostsInTheirOrder) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.hosts = {"/nobody/listens.sock", settings.hosts.front()};
  Connection connection(settings);

  EXPECT_EQ(*Ask(connection, "SELECT COUNT(*) FROM notes"), "2");
}

TEST(Connection, TakesTheHostOfTheDefaultsFileWhenNoneIsSet) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.hosts.clear();
  Connection connection(settings);

  EXPECT_EQ(*Ask(connection, "SELECT COUNT(*) FROM notes"), "2");
}

TEST(Connection, DoesNotTakeSettingsForSomethingElse) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.name = "x';host='elsewhere";
  Connection connection(settings);

  EXPECT_EQ(Ask(connection, "SELECT 1").error(), StoreError::kUnavailable);
}

TEST(Connection, IsUnavailableWithoutItsDatabase) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.name = "no_such_database";
  Connection connection(settings);

  EXPECT_EQ(Ask(connection, "SELECT 1").error(), StoreError::kUnavailable);
}

TEST(Connection, IsUnavailableWithAnOlderSchema) {
  Notes notes;
  EXPECT_EQ(Ask(notes.connection, "SELECT 1 FROM no_such_table").error(), StoreError::kUnavailable);
  EXPECT_EQ(Ask(notes.connection, "SELECT no_such FROM notes").error(), StoreError::kUnavailable);
}

TEST(Connection, DoesNotTryToConnectAgainAtOnce) {
  config::Database settings;
  settings.hosts = {"/nobody/listens.sock"};
  Connection connection(settings);
  ASSERT_EQ(Ask(connection, "SELECT 1").error(), StoreError::kUnavailable);
  const uint64_t attempts = connection.Statements();

  EXPECT_EQ(Ask(connection, "SELECT 1").error(), StoreError::kUnavailable);
  EXPECT_EQ(connection.Statements(), attempts);
}

TEST(Connection, GivesUpAStatementThatTakesTooLong) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.read_timeout = std::chrono::seconds{2};
  Connection connection(settings);

  EXPECT_EQ(Ask(connection, "SELECT SUM(a.seq * b.seq) FROM seq_1_to_1000000 a, seq_1_to_1000000 b")
                .error(),
            StoreError::kBusy);
  EXPECT_EQ(*Ask(connection, "SELECT COUNT(*) FROM notes"), "2");
}

TEST(Connection, ThrowsMistakesInSql) {
  Notes notes;
  EXPECT_THROW((void)Ask(notes.connection, "SELEC 1"), std::logic_error);
  EXPECT_EQ(*Ask(notes.connection, "SELECT COUNT(*) FROM notes"), "2");
}

TEST(Connection, PassesOnExceptionsOfTheWork) {
  Notes notes;
  EXPECT_THROW((void)Do(notes.connection,
                        [](Session& session) {
                          session.Execute(kWrite, "lost", 1);
                          throw std::runtime_error("of the work");
                        }),
               std::runtime_error);
  EXPECT_EQ(notes.TextOf(1), "");
}

TEST(Connection, ReadsOneAnswerWhileAnotherIsAsked) {
  Notes notes;
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    Rows outer = session.Query("SELECT id FROM notes ORDER BY id");
    int inner_rows = 0;
    while (outer.Next()) {
      Rows inner = session.Query("SELECT id FROM notes WHERE id >= ?", outer.Number(0));
      while (inner.Next()) ++inner_rows;
    }
    EXPECT_EQ(inner_rows, 3);
  }));
}

}  // namespace
}  // namespace rosterd::db
