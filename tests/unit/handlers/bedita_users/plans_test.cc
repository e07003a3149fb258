#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

uint64_t Statements(World& world, const std::string& target) {
  world.Get(target);  // what is remembered of the key is not to count
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

TEST(BeditaPlans, CountOnlyFullPages) {
  World& world = World::Shared();
  EXPECT_EQ(Statements(world, "/users?page_size=3"), Statements(world, "/users") + 1);
}

}  // namespace
}  // namespace rosterd::bedita
