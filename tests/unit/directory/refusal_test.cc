#include "directory/refusal.h"

#include <gtest/gtest.h>

#include "directory/persons.h"

namespace rosterd::directory {
namespace {

using std::chrono::seconds;

TEST(Refusal, SaysWhichNameIsTaken) {
  EXPECT_TRUE(Refusal(db::StoreError::kDuplicateUsername) == Refusal::Kind::kUsernameTaken);
  EXPECT_TRUE(Refusal(db::StoreError::kDuplicateEmail) == Refusal::Kind::kEmailTaken);
}

TEST(Refusal, SaysWhatIsWrongWithAText) {
  EXPECT_TRUE(Refusal(db::StoreError::kTooLong) == Refusal::Kind::kTooLong);
  EXPECT_TRUE(Refusal(db::StoreError::kBadText) == Refusal::Kind::kBadText);
}

TEST(Refusal, OfALostRaceAsksForASecond) {
  for (const auto error : {db::StoreError::kBusy, db::StoreError::kDuplicate}) {
    const Refusal refusal = error;
    EXPECT_TRUE(refusal == Refusal::Kind::kBusy);
    EXPECT_EQ(refusal.retry_after, seconds{1});
  }
}

TEST(Refusal, WithoutADatabaseAsksForFiveSeconds) {
  for (const auto error : {db::StoreError::kUnavailable, db::StoreError::kFull}) {
    const Refusal refusal = error;
    EXPECT_TRUE(refusal == Refusal::Kind::kUnavailable);
    EXPECT_EQ(refusal.retry_after, seconds{5});
  }
}

TEST(Refusal, OfARuleNeedsNoWaiting) {
  EXPECT_EQ(Refusal(Refusal::Kind::kNotFound).retry_after, seconds{0});
  EXPECT_EQ(Refusal(db::StoreError::kNotFound).retry_after, seconds{0});
}

TEST(Refusal, IsMadeOfAStoreErrorOnTheWayOut) {
  const Outcome<UserId> outcome = db::StoreError::kDuplicateEmail;

  ASSERT_FALSE(outcome);
  EXPECT_TRUE(outcome.error() == Refusal::Kind::kEmailTaken);
}

}  // namespace
}  // namespace rosterd::directory
