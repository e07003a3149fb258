#include "db/list_answer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "db/changes.h"
#include "db/person.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using std::chrono::milliseconds;

constexpr AnswerMemory::Clock::time_point kStart{};

TEST(AnswerMemory, GivesAnAnswerForASecondUnderItsVersion) {
  AnswerMemory memory;
  EXPECT_FALSE(memory.Asked("a", kStart));
  memory.Put("a", 7, kStart, {"text", "tag"});

  const ListAnswer* found = memory.Find("a", 7, kStart + milliseconds(1000));
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->body, "text");
  EXPECT_EQ(found->tag, "tag");
  EXPECT_EQ(memory.Find("a", 8, kStart), nullptr);
  EXPECT_EQ(memory.Find("a", 7, kStart + milliseconds(1001)), nullptr);
  EXPECT_EQ(memory.Find("b", 7, kStart), nullptr);
}

TEST(AnswerMemory, KnowsWhatWasAskedForWithinASecond) {
  AnswerMemory memory;
  EXPECT_FALSE(memory.Asked("a", kStart));
  EXPECT_TRUE(memory.Asked("a", kStart + milliseconds(900)));
  EXPECT_TRUE(memory.Asked("a", kStart + milliseconds(1800)));
  EXPECT_FALSE(memory.Asked("a", kStart + milliseconds(2801)));
}

TEST(AnswerMemory, ForgetsWhatWasAskedForLongestAgo) {
  AnswerMemory memory;
  for (int i = 0; i < 16; ++i) memory.Asked(std::to_string(i), kStart);
  EXPECT_TRUE(memory.Asked("0", kStart));
  EXPECT_FALSE(memory.Asked("one more", kStart));
  EXPECT_TRUE(memory.Asked("0", kStart));
  EXPECT_FALSE(memory.Asked("1", kStart));
}

TEST(AnswerMemory, HoldsSoManyBytesAndNoLongAnswers) {
  AnswerMemory memory;
  const std::string long_text(size_t{64} * 1024, 'x');
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    memory.Asked(name, kStart);
    memory.Put(name, 1, kStart, {long_text});
  }
  memory.Put("e", 1, kStart, {long_text + 'x'});
  EXPECT_EQ(memory.Find("a", 1, kStart), nullptr);
  EXPECT_EQ(memory.Find("b", 1, kStart), nullptr);
  for (const char* name : {"c", "d", "e"}) {
    ASSERT_NE(memory.Find(name, 1, kStart), nullptr) << name;
    EXPECT_EQ(memory.Find(name, 1, kStart)->body.size(), long_text.size());
  }
}

TEST(AnswerMemory, TakesNoEndlessName) {
  AnswerMemory memory;
  const std::string name(1025, 'n');
  memory.Asked(name, kStart);
  EXPECT_FALSE(memory.Asked(name, kStart));
}

/// One connection that lists, and one that writes.
class ListAnswers : public ::testing::Test {
 protected:
  /// Asks until the answer is known; a machine that stands still for a second is asked again.
  bool BecomesKnown() {
    for (int i = 0; i < 100; ++i) {
      const RecalledAnswer recalled = RecallAnswer(connection_, "list");
      if (recalled.answer) return recalled.answer->body == "text";
      KeepAnswer(connection_, "list", recalled, {"text"});
    }
    return false;
  }
  bool IsKnown() { return RecallAnswer(connection_, "list").answer.has_value(); }

  testing::TestDatabase database_;
  Connection connection_{database_.Settings()};
  Connection other_{database_.Settings()};
};

TEST_F(ListAnswers, AreKnownFromTheThirdTimeOn) {
  ASSERT_TRUE(Ask(connection_, "SELECT 1"));
  const uint64_t before = connection_.Statements();
  EXPECT_FALSE(RecallAnswer(connection_, "list").version);
  EXPECT_EQ(connection_.Statements(), before) << "who asks once pays nothing";
  EXPECT_TRUE(BecomesKnown());
  EXPECT_FALSE(RecallAnswer(other_, "list").version) << "each connection has its own";
}

TEST_F(ListAnswers, EndWithAnyWriteThatListsShow) {
  ASSERT_TRUE(BecomesKnown());
  ASSERT_TRUE(Do(other_, [](Session& session) { session.Notes().Note(); }));
  EXPECT_FALSE(IsKnown());

  ASSERT_TRUE(BecomesKnown());
  ASSERT_TRUE(Do(other_, [](Session& session) { PersonStore::TouchLogin(session, {1}, Now()); }));
  EXPECT_FALSE(IsKnown());
}

TEST_F(ListAnswers, AreNotKeptForWhatWasWrittenMeanwhile) {
  RecallAnswer(connection_, "list");
  const RecalledAnswer before = RecallAnswer(connection_, "list");
  ASSERT_TRUE(Do(other_, [](Session& session) { session.Notes().Note(); }));
  KeepAnswer(connection_, "list", before, {"text of whichever moment"});
  EXPECT_FALSE(IsKnown());
}

TEST_F(ListAnswers, AreNotCarriedFromOneConnectionToAnother) {
  RecallAnswer(other_, "list");
  RecalledAnswer there;
  for (int i = 0; i < 100 && !there.version; ++i) there = RecallAnswer(other_, "list");
  ASSERT_TRUE(there.version);
  RecallAnswer(connection_, "list");
  KeepAnswer(connection_, "list", there, {"text"});
  EXPECT_FALSE(IsKnown());
}

TEST_F(ListAnswers, LeaveTheTalliesWithoutDifferences) {
  ASSERT_TRUE(Do(other_, [](Session& session) { PersonStore::TouchLogin(session, {1}, Now()); }));
  EXPECT_EQ(database_.Ask("SELECT SUM(amount) FROM tallies WHERE tally = 'sign_ins'"), "1");
  EXPECT_EQ(database_.CorrectTallies(), 0U);
}

}  // namespace
}  // namespace rosterd::db
