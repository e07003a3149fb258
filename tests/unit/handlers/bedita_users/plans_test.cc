#include <gtest/gtest.h>

#include "db/bedita/list_order.h"
#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

uint64_t Statements(World& world, const std::string& target) {
  // What is remembered of the key and of the page, and what is prepared, is not to count.
  world.Get(target);
  world.Get(target);
  EXPECT_EQ(world.Get(target).status, 200);
  return world.LastStatements();
}

TEST(BeditaPlans, CostTheSameWhateverTheSizeOfThePage) {
  World& world = World::Shared();
  const uint64_t small = Statements(world, "/users?page_size=2&include=roles");
  const uint64_t large = Statements(world, "/users?page_size=9&include=roles");
  EXPECT_EQ(small, large);
  EXPECT_LE(small, Statements(world, "/status") + 4);
}

TEST(BeditaPlans, ReadOneUserWithItsRolesInTwoStatements) {
  World& world = World::Shared();
  EXPECT_EQ(Statements(world, "/users/2?include=roles"), Statements(world, "/users/2") + 1);
}

TEST(BeditaPlans, CountInTheStatementOfThePage) {
  World& world = World::Shared();
  const uint64_t without_count = Statements(world, "/users");
  EXPECT_EQ(Statements(world, "/users?page_size=3"), without_count);
  EXPECT_EQ(Statements(world, "/trash?page_size=1"), without_count);
  // Counted for the first answer, remembered for the second one.
  EXPECT_EQ(Statements(world, "/users?page_size=1&filter[locked]=1"), without_count);
}

std::string ColumnsOf(World& world, const std::string& index) {
  return world.AskDatabase(
      "SELECT GROUP_CONCAT(column_name ORDER BY seq_in_index) FROM information_schema.statistics"
      " WHERE table_schema = DATABASE() AND index_name = '" +
      index + "'");
}

TEST(BeditaPlans, SortByTheColumnsOfTheirIndexes) {
  World& world = World::Shared();
  const auto order = [](size_t attribute, bool descending) {
    return std::string(db::OrderBy(db::bedita::UserList({}, {attribute, descending}).order).Sql());
  };
  EXPECT_EQ(order(db::bedita::user::kStatus, false), " ORDER BY u.bedita_status, u.id");
  EXPECT_EQ(ColumnsOf(world, "bedita_by_status"), "deleted_at,bedita_status,id");
  EXPECT_EQ(order(db::bedita::user::kLastLogin, true), " ORDER BY u.bedita_last_login DESC, u.id");
  EXPECT_EQ(ColumnsOf(world, "bedita_by_last_login_down"), "deleted_at,bedita_last_login,id");
}

}  // namespace
}  // namespace rosterd::bedita
