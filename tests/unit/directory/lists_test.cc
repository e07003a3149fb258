#include <gtest/gtest.h>

#include "db/changes.h"
#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using db::DialectColumn;

uint64_t VersionIn(World& world) {
  return *world.connection.Read([](db::Session& session) -> db::StoreResult<uint64_t> {
    return db::Changes::Version(session);
  });
}

/// One person, and what a call on it does to the lists.
class ListsTest : public ::testing::Test {
 protected:
  /// Runs a change; true when it moved the version of the lists. The tallies must have followed.
  template <typename Change>
  bool Moves(Change change) {
    const uint64_t before = VersionIn(world_);
    EXPECT_TRUE(change());
    const bool moved = VersionIn(world_) != before;
    EXPECT_EQ(world_.database.CorrectTallies(), 0U);
    return moved;
  }

  template <typename Change>
  bool EditMoves(Change change) {
    return Moves([&] { return world_.Edit(ann_, change); });
  }

  World world_;
  UserId ann_ = world_.Add("ann", "ann@example.org");
};

TEST_F(ListsTest, FollowTheLifeOfAPerson) {
  const auto delete_ann = [&] { return world_.persons.Delete(world_.actor, ann_); };
  EXPECT_TRUE(Moves(delete_ann));
  EXPECT_TRUE(Moves([&] { return world_.persons.Restore(world_.actor, ann_); }));
  EXPECT_TRUE(Moves(delete_ann));
  EXPECT_TRUE(Moves([&] { return world_.persons.Purge(world_.actor, ann_); }));
  EXPECT_TRUE(Moves([&] { return world_.Add("bob").value > 0; }));
}

TEST_F(ListsTest, FollowChangesOfManyAtOnce) {
  const std::vector<UserId> ids = {world_.Add("bob"), world_.Add("cat"), world_.Add("dan")};
  EXPECT_TRUE(Moves([&] { return world_.persons.DeleteAll(world_.actor, ids); }));
  EXPECT_TRUE(Moves([&] { return world_.persons.PurgeAll(world_.actor, ids); }));
  EXPECT_TRUE(Moves([&] { return world_.persons.DeleteForGood(world_.actor, ann_); }));
}

TEST_F(ListsTest, FollowEveryColumnThatPersonsAreCountedBy) {
  EXPECT_TRUE(EditMoves([](db::Person& ann, EditExtras&) { ann.status = db::Status::kPending; }));
  EXPECT_TRUE(EditMoves([](db::Person& ann, EditExtras&) { ann.blocked = true; }));
  EXPECT_TRUE(EditMoves([](db::Person& ann, EditExtras& extras) {
    ann.blocked = false;
    extras.values = {{DialectColumn("cscart_user_type"), "V"},
                     {DialectColumn("cscart_company_id"), 7}};
  }));
  EXPECT_TRUE(EditMoves([](db::Person&, EditExtras& extras) {
    extras.values = {{DialectColumn("bedita_locked"), true}};
  }));
  EXPECT_TRUE(Moves([&] { return world_.persons.Delete(world_.actor, ann_); }));
}

TEST_F(ListsTest, FollowAnAmendmentThatDeletesAndOneThatRestores) {
  const auto amend = [&](bool deleted) {
    return world_.persons.Amend(
        world_.actor, ann_,
        [&](db::Session&, db::Person& ann, EditExtras& extras) -> Outcome<std::monostate> {
          ann.status = deleted ? db::Status::kHidden : db::Status::kActive;
          extras.deleted = deleted;
          return std::monostate();
        });
  };
  EXPECT_TRUE(Moves([&] { return amend(true); }));
  EXPECT_TRUE(Moves([&] { return amend(false); }));
}

TEST_F(ListsTest, FollowTextsAndTouches) {
  EXPECT_TRUE(EditMoves([](db::Person& ann, EditExtras&) { ann.first_name = "Ann"; }));
  EXPECT_TRUE(Moves([&] {
    return world_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
      Persons::Touch(session, ann_, db::Now());
      return std::monostate();
    });
  }));
}

TEST_F(ListsTest, CountAPersonWhoseNameIsMadeOfItsId) {
  EXPECT_TRUE(Moves([&] { return world_.Add("").value > 0; }));
}

TEST_F(ListsTest, DoNotMoveWithARefusedChange) {
  const uint64_t before = VersionIn(world_);
  EXPECT_FALSE(world_.persons.Delete(
      world_.actor, ann_, [](db::Session&, const db::Person&) -> Outcome<std::monostate> {
        return Refusal::Kind::kByDialect;
      }));
  EXPECT_EQ(VersionIn(world_), before);
  EXPECT_EQ(world_.database.CorrectTallies(), 0U);
}

TEST_F(ListsTest, DoNotMoveWithCredentialsAndSignIns) {
  uint64_t token = 0;
  EXPECT_FALSE(Moves([&] { return (token = world_.Issue(ann_, "token")) > 0; }));
  EXPECT_FALSE(Moves([&] { return world_.credentials.Revoke(world_.actor, token); }));
  EXPECT_FALSE(Moves([&] {
    return world_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
      db::PersonStore::TouchLogin(session, ann_, db::Now());
      return std::monostate();
    });
  }));
}

}  // namespace
}  // namespace rosterd::directory
