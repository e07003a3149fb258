#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "db/migrator.h"
#include "db/overview.h"
#include "db/tally.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using ::testing::ElementsAre;

constexpr Time kCreated{std::chrono::seconds{1'000'000'000}};
constexpr Time kLater{std::chrono::seconds{1'000'000'060}};
constexpr DialectColumn kType("cscart_user_type");
constexpr DialectColumn kCompany("cscart_company_id");
constexpr DialectColumn kLocked("bedita_locked");

Person Named(std::string username) {
  Person person;
  person.username = std::move(username);
  person.created_at = kCreated;
  person.updated_at = kCreated;
  return person;
}

/// The schema of these tests, without persons.
testing::TestDatabase& EmptiedDatabase() {
  static testing::TestDatabase database;
  for (const char* table : {"users", "tallies"}) {
    database.Execute(std::string("DELETE FROM ") + table);
  }
  return database;
}

/// Persons who are written as the directory does it.
class TalliesTest : public ::testing::Test {
 protected:
  Person Add(Person person, const DialectValues& values = {}) {
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      person.id = PersonStore::Insert(session, person, {}, values);
    }));
    return person;
  }

  template <typename Change>
  Person Edit(const Person& before, Change change, const DialectValues& values = {}) {
    Person after = before;
    change(after);
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      PersonStore::Update(session, before, after, {}, values, /*reserve_names=*/false);
    }));
    return after;
  }

  Person Delete(const Person& person) {
    return Edit(person, [](Person& after) { after.deleted_at = kLater; });
  }

  void Purge(const Person& person) {
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      Tallies::Leave(session, person.id);
      PersonStore::Erase(session, person.id);
    }));
  }

  /// The sum of a cell; empty while the tallies are not kept.
  std::string Sum(std::string_view tally, const std::vector<std::string_view>& cell) {
    return Value(TallySum(tally).Cell(cell));
  }
  std::string SumUnder(std::string_view tally, const std::vector<std::string_view>& values) {
    return Value(TallySum(tally).Under(values));
  }

  uint64_t Wrong() { return database_.CorrectTallies(); }

  testing::TestDatabase& database_ = EmptiedDatabase();
  Connection connection_{database_.Settings()};

 private:
  std::string Value(const TallySum& sum) {
    StatementBuilder select;
    select.Add("SELECT ").Append(sum.Column());
    std::string value;
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      Rows rows = select.Query(session);
      if (rows.Next()) value = rows.Text(0);
    }));
    return value;
  }
};

TEST_F(TalliesTest, CountWhoIsInserted) {
  Add(Named("ann"));
  Add(Named("bob"), {{kType, "V"}, {kCompany, 7}});

  EXPECT_EQ(Sum(kPersons, {"active"}), "2");
  EXPECT_EQ(Sum("cscart.accounts", {"active", "C"}), "1");
  EXPECT_EQ(Sum("cscart.accounts", {"active", "V"}), "1");
  EXPECT_EQ(Sum("cscart.companies", {"7", "active", "V"}), "1");
  EXPECT_EQ(Sum("cscart.companies", {"0", "active", "C"}), "1");
  EXPECT_EQ(Wrong(), 0U);
}

TEST_F(TalliesTest, FollowStatusBlockTypeAndCompany) {
  const Person ann = Add(Named("ann"));
  const Person hidden = Edit(ann, [](Person& after) { after.status = Status::kHidden; });
  EXPECT_EQ(Sum(kPersons, {"active"}), "0");
  EXPECT_EQ(Sum("cscart.accounts", {"hidden", "C"}), "1");

  const Person blocked = Edit(hidden, [](Person& after) { after.blocked = true; });
  EXPECT_EQ(Sum(kPersons, {"hidden"}), "1");
  EXPECT_EQ(Sum("cscart.accounts", {"hidden", "C"}), "0");
  EXPECT_EQ(Sum("cscart.accounts", {"blocked", "C"}), "1");

  Edit(blocked, [](Person&) {}, {{kType, "A"}, {kCompany, 3}});
  EXPECT_EQ(Sum("cscart.accounts", {"blocked", "A"}), "1");
  EXPECT_EQ(Sum("cscart.companies", {"0", "blocked", "C"}), "0");
  EXPECT_EQ(Sum("cscart.companies", {"3", "blocked", "A"}), "1");
  EXPECT_EQ(Wrong(), 0U);
}

TEST_F(TalliesTest, FollowDeleteRestoreAndPurge) {
  const Person ann = Add(Named("ann"), {{kCompany, 3}});
  const Person deleted = Delete(ann);
  EXPECT_EQ(SumUnder(kPersons, {}), "0");
  EXPECT_EQ(Sum(kTrash, {}), "1");
  EXPECT_EQ(Sum("bedita.trash", {"0"}), "1");
  EXPECT_EQ(Wrong(), 0U);

  const Person restored = Edit(deleted, [](Person& after) { after.deleted_at.reset(); });
  EXPECT_EQ(Sum("cscart.companies", {"3", "active", "C"}), "1");
  EXPECT_EQ(Sum(kTrash, {}), "0");
  EXPECT_EQ(Wrong(), 0U);

  Purge(Delete(Edit(restored, [](Person&) {}, {{kLocked, true}})));
  EXPECT_EQ(SumUnder(kPersons, {}), "0");
  EXPECT_EQ(Sum(kTrash, {}), "0");
  EXPECT_EQ(Sum("bedita.trash", {"1"}), "0");
  EXPECT_EQ(Wrong(), 0U);
}

TEST_F(TalliesTest, AddUpEverythingUnderTheFirstValues) {
  Add(Named("ann"), {{kCompany, 3}});
  Add(Named("bob"), {{kCompany, 3}, {kType, "V"}});
  Add(Named("cat"), {{kCompany, 33}});
  EXPECT_EQ(SumUnder("cscart.companies", {"3"}), "2");
  EXPECT_EQ(SumUnder("cscart.companies", {"3", "active"}), "2");
  EXPECT_EQ(SumUnder("cscart.companies", {"4"}), "0");
  EXPECT_EQ(SumUnder("cscart.companies", {}), "3");
}

TEST_F(TalliesTest, LeaveNoTraceOfWhatWasRolledBack) {
  EXPECT_FALSE(connection_.Transaction([&](Session& session) -> Nothing {
    PersonStore::Insert(session, Named("ann"), {}, {});
    return StoreError::kNotFound;
  }));
  Add(Named("bob"));
  EXPECT_EQ(Sum(kPersons, {"active"}), "1");
  EXPECT_EQ(Wrong(), 0U);
}

TEST_F(TalliesTest, CountARepeatedTransactionOnce) {
  int runs = 0;
  EXPECT_TRUE(Do(connection_, [&](Session& session) {
    PersonStore::Insert(session, Named("ann"), {}, {});
    if (++runs == 1) {
      Rows rows = session.Query("SELECT CONNECTION_ID()");
      ASSERT_TRUE(rows.Next());
      database_.Execute("KILL " + rows.Text(0));
    }
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Sum(kPersons, {"active"}), "1");
  EXPECT_EQ(Wrong(), 0U);
}

TEST_F(TalliesTest, WriteNothingForWhatAddsUpToNothing) {
  EXPECT_TRUE(Do(connection_, [](Session& session) {
    session.Notes().Count("persons", "active", 1);
    session.Notes().Count("persons", "active", -1);
  }));
  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM tallies WHERE tally = 'persons'"), "0");
}

TEST_F(TalliesTest, AreCorrectedByARecount) {
  Add(Named("ann"));
  database_.Execute("UPDATE tallies SET amount = 5 WHERE tally = 'persons'");
  EXPECT_EQ(Tallies::Recount(database_.Settings()).value(), 1U);
  EXPECT_EQ(Sum(kPersons, {"active"}), "1");
  EXPECT_EQ(Tallies::Recount(database_.Settings()).value(), 0U);
}

TEST_F(TalliesTest, AreNotBelievedWhileTheyAreStale) {
  Add(Named("ann"));
  database_.Execute("INSERT INTO tallies VALUES ('stale', '', 0, 1)");
  EXPECT_EQ(Sum(kPersons, {"active"}), "");
  EXPECT_TRUE(Do(connection_, [](Session& session) { EXPECT_FALSE(Tallies::AreKept(session)); }));

  EXPECT_EQ(Wrong(), 0U);
  EXPECT_EQ(Sum(kPersons, {"active"}), "1");
  EXPECT_TRUE(Do(connection_, [](Session& session) { EXPECT_TRUE(Tallies::AreKept(session)); }));
}

TEST_F(TalliesTest, AreStaleAfterAMigrationOfADirectoryThatHoldsPersons) {
  Add(Named("ann"));
  database_.Execute("DELETE FROM tallies");
  database_.Execute("DELETE FROM schema_version WHERE version > 8");
  ASSERT_TRUE(Migrate(database_.Settings()));
  EXPECT_EQ(Sum(kPersons, {"active"}), "");
  EXPECT_EQ(Wrong(), 3U);
  EXPECT_EQ(Sum(kPersons, {"active"}), "1");
}

TEST_F(TalliesTest, TellTheOverview) {
  Add(Named("ann"));
  Delete(Add(Named("bob")));
  const auto counts = [&] {
    std::vector<std::string> lines;
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      for (const auto& [name, count] : Overview::PersonsByStatus(session)) {
        lines.push_back(name + " " + std::to_string(count));
      }
    }));
    return lines;
  };
  const auto expected = ElementsAre("active 1", "pending 0", "disabled 0", "hidden 0", "deleted 1");
  EXPECT_THAT(counts(), expected);
  database_.Execute("INSERT INTO tallies VALUES ('stale', '', 0, 1)");
  EXPECT_THAT(counts(), expected);
}

TEST_F(TalliesTest, StayExactWhileManyWriteAndSomebodyRecounts) {
  constexpr int kWriters = 16;
  constexpr int kRounds = 12;
  const auto write = [&](int writer) {
    Connection connection(database_.Settings());
    for (int round = 0; round < kRounds; ++round) {
      Person person = Named("w" + std::to_string(writer) + "r" + std::to_string(round));
      const DialectValues values = {{kCompany, round % 3}};
      ASSERT_TRUE(Do(connection, [&](Session& session) {
        person.id = PersonStore::Insert(session, person, {}, values);
      }));
      Person after = person;
      after.status = writer % 2 == 0 ? Status::kPending : Status::kDisabled;
      if (round % 4 == 0) after.deleted_at = kLater;
      ASSERT_TRUE(Do(connection, [&](Session& session) {
        PersonStore::Update(session, person, after, {}, {}, false);
      }));
    }
  };
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back(write, i);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Wrong(), 0U);
  for (std::thread& writer : writers) writer.join();

  EXPECT_EQ(Wrong(), 0U);
  EXPECT_EQ(SumUnder(kPersons, {}), "144");
  EXPECT_EQ(Sum(kTrash, {}), "48");
}

}  // namespace
}  // namespace rosterd::db
