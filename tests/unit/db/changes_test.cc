#include "db/changes.h"

#include <gtest/gtest.h>

#include "db/versioned_cache.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

uint64_t VersionIn(Connection& connection) {
  return *connection.Read(
      [](Session& session) -> StoreResult<uint64_t> { return Changes::Version(session); });
}

/// A migrated schema, and two connections to it.
class ChangesTest : public ::testing::Test {
 protected:
  testing::TestDatabase database_;
  Connection connection_{database_.Settings()};
  Connection other_{database_.Settings()};
};

TEST_F(ChangesTest, MoveTheVersionOnceATransactionThatNotesThem) {
  const uint64_t before = VersionIn(other_);
  ASSERT_TRUE(Do(connection_, [](Session& session) {
    session.Notes().Note();
    session.Notes().Note();
  }));
  EXPECT_EQ(VersionIn(other_), before + 1);
}

TEST_F(ChangesTest, AreForgottenWithTheTransactionThatNotedThem) {
  const uint64_t before = VersionIn(other_);
  ASSERT_FALSE(connection_.Transaction([](Session& session) -> Nothing {
    session.Notes().Note();
    return StoreError::kNotFound;
  }));
  ASSERT_TRUE(Do(connection_, [](Session& session) { session.Query("SELECT 1"); }));
  EXPECT_EQ(VersionIn(other_), before);
}

TEST_F(ChangesTest, AreSeenWithWhatTheyTellOfAndNotBefore) {
  const uint64_t before = VersionIn(other_);
  ASSERT_TRUE(Do(connection_, [&](Session& session) {
    session.Notes().Note();
    EXPECT_EQ(VersionIn(other_), before);
  }));
  EXPECT_GT(VersionIn(other_), before);
}

TEST(VersionedCache, GivesBackWhatWasPutUnderTheSameVersion) {
  VersionedCache<int> cache(2);
  cache.Put("a", 7, 1);
  ASSERT_NE(cache.Find("a", 7), nullptr);
  EXPECT_EQ(*cache.Find("a", 7), 1);
  EXPECT_EQ(cache.Find("a", 8), nullptr);
  cache.Put("a", 8, 2);
  EXPECT_EQ(cache.Find("a", 7), nullptr);
  EXPECT_EQ(*cache.Find("a", 8), 2);
}

TEST(VersionedCache, DropsWhatWasNotUsedForLongest) {
  VersionedCache<int> cache(2);
  cache.Put("a", 1, 1);
  cache.Put("b", 1, 2);
  ASSERT_NE(cache.Find("a", 1), nullptr);
  cache.Put("c", 1, 3);
  EXPECT_NE(cache.Find("a", 1), nullptr);
  EXPECT_EQ(cache.Find("b", 1), nullptr);
  EXPECT_NE(cache.Find("c", 1), nullptr);
}

}  // namespace
}  // namespace rosterd::db
