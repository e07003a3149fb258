#include "ctl/demo_persons.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace rosterd::ctl {
namespace {

DemoWorld World() {
  DemoWorld world;
  world.now = db::FromSql("2026-11-22 08:00:00").value();
  world.usergroups = {3, 4};
  return world;
}

TEST(DemoPersons, AreTheSameWheneverTheyAreAskedFor) {
  const auto first = MakeDemoPerson(17, World());
  const auto second = MakeDemoPerson(17, World());

  EXPECT_EQ(first.email, second.email);
  EXPECT_EQ(first.created_at, second.created_at);
}

TEST(DemoPersons, HaveNamesThatNobodyElseHas) {
  std::set<std::string> emails;
  std::set<std::string> usernames;
  for (uint64_t id = 1; id <= 5000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    emails.insert(person.email);
    usernames.insert(person.username);
  }

  EXPECT_EQ(emails.size(), 5000U);
  EXPECT_EQ(usernames.size(), 5000U);
}

TEST(DemoPersons, AreMostlyActiveCustomersOfThreeCompanies) {
  std::map<std::string, int> types;
  std::map<std::string, int> statuses;
  std::map<uint64_t, int> companies;
  for (uint64_t id = 1; id <= 10000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    ++types[person.user_type];
    ++statuses[person.status];
    ++companies[person.company_id];
  }

  EXPECT_NEAR(types["C"], 9500, 100);
  EXPECT_GT(types["A"], 100);
  EXPECT_GT(types["V"], 100);
  EXPECT_NEAR(statuses["active"], 9000, 150);
  EXPECT_EQ(companies.size(), 3U);
  EXPECT_EQ(companies.begin()->first, 1U);
}

TEST(DemoPersons, WereCreatedAndSignedInBeforeNow) {
  for (uint64_t id = 1; id <= 2000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    EXPECT_LE(person.created_at, World().now);
    if (!person.last_login_at) continue;
    EXPECT_GE(*person.last_login_at, person.created_at);
    EXPECT_LE(*person.last_login_at, World().now);
  }
}

}  // namespace
}  // namespace rosterd::ctl
