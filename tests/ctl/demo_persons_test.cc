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

TEST(DemoPersons, HaveLoginsThatNobodyElseHas) {
  std::set<std::string> emails;
  std::set<std::string> usernames;
  std::set<std::string> phones;
  int without_phone = 0;
  for (uint64_t id = 1; id <= 5000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    emails.insert(person.email);
    usernames.insert(person.username);
    phones.insert(person.phone);
    if (person.phone.empty()) ++without_phone;
  }

  EXPECT_EQ(emails.size(), 5000U);
  EXPECT_EQ(usernames.size(), 5000U);
  EXPECT_EQ(phones.size(), 5000U - static_cast<size_t>(without_phone) + 1);
  EXPECT_NEAR(without_phone, 250, 60);
}

TEST(DemoPersons, HaveManyDifferentNamesOfBothAlphabets) {
  std::set<std::string> names;
  int russian = 0;
  for (uint64_t id = 1; id <= 10000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    names.insert(person.first_name + " " + person.last_name);
    if (person.language == "ru") ++russian;
  }

  EXPECT_GT(names.size(), 7000U);
  EXPECT_NEAR(russian, 5000, 200);
}

TEST(DemoPersons, AreInTheTrashOrBlockedByTheirId) {
  EXPECT_FALSE(MakeDemoPerson(48, World()).deleted_at);
  EXPECT_TRUE(MakeDemoPerson(49, World()).deleted_at);
  EXPECT_TRUE(MakeDemoPerson(99, World()).deleted_at);
  EXPECT_FALSE(MakeDemoPerson(49, World()).signs_in_by_phone);
  EXPECT_TRUE(MakeDemoPerson(74, World()).blocked);
  EXPECT_FALSE(MakeDemoPerson(75, World()).blocked);
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

TEST(DemoPersons, WereCreatedAndChangedAndSignedInBeforeNow) {
  for (uint64_t id = 1; id <= 2000; ++id) {
    const auto person = MakeDemoPerson(id, World());
    EXPECT_LE(person.created_at, World().now);
    EXPECT_GE(person.updated_at, person.created_at);
    EXPECT_LE(person.updated_at, World().now);
    if (!person.last_login_at) continue;
    EXPECT_GE(*person.last_login_at, person.created_at);
    EXPECT_LE(*person.last_login_at, World().now);
  }
}

}  // namespace
}  // namespace rosterd::ctl
