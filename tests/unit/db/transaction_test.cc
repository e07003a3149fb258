#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <latch>

#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

TEST(Transaction, IsRolledBackWhenTheWorkRefuses) {
  Notes notes;
  const auto outcome = notes.connection.Transaction([](Session& session) -> Nothing {
    session.Execute(kWrite, "refused", 1);
    return StoreError::kNotFound;
  });

  EXPECT_EQ(outcome.error(), StoreError::kNotFound);
  EXPECT_EQ(notes.TextOf(1), "");
}

TEST(Transaction, IsRolledBackWhenAStatementFails) {
  Notes notes;
  const auto outcome = Do(notes.connection, [](Session& session) {
    session.Execute(kWrite, "first", 1);
    session.Execute("INSERT INTO notes VALUES (1, '')");
  });

  EXPECT_EQ(outcome.error(), StoreError::kDuplicate);
  EXPECT_EQ(notes.TextOf(1), "");
}

TEST(Transaction, NeverLeaksIntoTheNextUnitOfWork) {
  Notes notes;
  ASSERT_FALSE(Do(notes.connection, [](Session& session) {
    session.Execute(kWrite, "lost", 1);
    session.Execute("INSERT INTO notes VALUES (1, '')");
  }));
  EXPECT_EQ(*Ask(notes.connection, "SELECT @@in_transaction"), "0");
  EXPECT_EQ(*Ask(notes.connection, "SELECT text FROM notes WHERE id = 1"), "");
}

/// So many transactions in a row that the next one is begun ahead.
void WriteAgainAndAgain(Notes& notes) {
  for (int i = 0; i < 9; ++i) {
    ASSERT_TRUE(Do(notes.connection, [](Session& session) { session.Execute(kWrite, "kept", 1); }));
  }
}

TEST(Transaction, SavesItsBeginAfterManyOthers) {
  Notes notes;
  WriteAgainAndAgain(notes);
  const uint64_t before = notes.connection.Statements();

  ASSERT_TRUE(Do(notes.connection, [](Session& session) { session.Execute(kWrite, "next", 1); }));

  EXPECT_EQ(notes.connection.Statements() - before, 2U);  // the write and COMMIT
  EXPECT_EQ(notes.TextOf(1), "next");
}

TEST(Transaction, BegunAheadIsRolledBackLikeAnyOther) {
  Notes notes;
  WriteAgainAndAgain(notes);
  ASSERT_FALSE(Do(notes.connection, [](Session& session) {
    session.Execute(kWrite, "lost", 1);
    session.Execute("INSERT INTO notes VALUES (1, '')");
  }));
  EXPECT_EQ(notes.TextOf(1), "kept");
  ASSERT_TRUE(Do(notes.connection, [](Session& session) { session.Execute(kWrite, "new", 1); }));
  EXPECT_EQ(notes.TextOf(1), "new");
}

TEST(Transaction, BegunAheadIsNotWhereReadsLook) {
  Notes notes;
  WriteAgainAndAgain(notes);
  EXPECT_EQ(*Ask(notes.connection, "SELECT text FROM notes WHERE id = 1"), "kept");
  notes.database.Execute("UPDATE notes SET text = 'theirs' WHERE id = 1");
  EXPECT_EQ(*Ask(notes.connection, "SELECT text FROM notes WHERE id = 1"), "theirs");
  EXPECT_EQ(*Ask(notes.connection, "SELECT @@in_transaction"), "0");
}

TEST(Transaction, KeepsItsConnectionAfterADuplicate) {
  Notes notes;
  const std::string id = *Ask(notes.connection, "SELECT CONNECTION_ID()");
  ASSERT_FALSE(Do(notes.connection,
                  [](Session& session) { session.Execute("INSERT INTO notes VALUES (1, '')"); }));
  EXPECT_EQ(*Ask(notes.connection, "SELECT CONNECTION_ID()"), id);
}

TEST(Transaction, InsideAnotherOneIsABug) {
  Notes notes;
  EXPECT_THROW(
      (void)Do(notes.connection, [&](Session&) { (void)Ask(notes.connection, "SELECT 1"); }),
      std::logic_error);
  EXPECT_EQ(*Ask(notes.connection, "SELECT @@in_transaction"), "0");
}

// Locks the two rows in opposite order, both holding their first one before they want the second.
TEST(Transaction, IsRepeatedWhenItWasADeadlocksVictim) {
  Notes notes;
  std::latch both_hold_one{2};
  std::atomic<int> runs{0};
  const auto lock_both = [&](int first, int second) {
    Connection connection(notes.database.Settings());
    bool waited = false;
    return Do(connection, [&](Session& session) {
      ++runs;
      session.Execute("UPDATE notes SET text = CONCAT(text, 'x') WHERE id = ?", first);
      if (!std::exchange(waited, true)) both_hold_one.arrive_and_wait();
      session.Execute("UPDATE notes SET text = CONCAT(text, 'x') WHERE id = ?", second);
    });
  };
  auto other = std::async(std::launch::async, lock_both, 2, 1);

  EXPECT_TRUE(lock_both(1, 2));
  EXPECT_TRUE(other.get());
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(notes.TextOf(1), "xx");
  EXPECT_EQ(notes.TextOf(2), "xx");
}

TEST(Transaction, IsBusyAfterThreeWaitsForALock) {
  Notes notes;
  config::Database settings = notes.database.Settings();
  settings.read_timeout = std::chrono::seconds{3};  // a third of it for a lock
  Connection waiting(settings);
  int runs = 0;
  ASSERT_TRUE(Do(notes.connection, [&](Session& session) {
    session.Execute(kWrite, "held", 1);
    const auto outcome = Do(waiting, [&](Session& other) {
      ++runs;
      other.Execute(kWrite, "free", 2);
      other.Execute(kWrite, "waits", 1);
    });
    EXPECT_EQ(outcome.error(), StoreError::kBusy);
  }));

  EXPECT_EQ(runs, 3);
  EXPECT_EQ(notes.TextOf(1), "held");
  EXPECT_EQ(notes.TextOf(2), "");
}

TEST(Transaction, NamesAVanishedParent) {
  Notes notes;
  notes.database.Execute(
      "CREATE TABLE children (parent BIGINT UNSIGNED NOT NULL, FOREIGN KEY (parent) REFERENCES "
      "notes (id))");
  EXPECT_EQ(Do(notes.connection,
               [](Session& session) { session.Execute("INSERT INTO children VALUES (9)"); })
                .error(),
            StoreError::kNotFound);
}

}  // namespace
}  // namespace rosterd::db
