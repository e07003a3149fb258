// The plans that MariaDB makes for lists of a directory that is not tiny.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/cscart/user_order.h"
#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using db::cscart::UserFilter;
using db::cscart::UserOrder;
using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// A directory of 20,000 customers, made once.
World& Town() {
  static World world;
  static const bool filled = [] {
    world.Execute(
        "INSERT INTO users (username, email, first_name, last_name, cscart_company_id, created_at,"
        " updated_at) SELECT CONCAT('t', seq), CONCAT('t', seq, '@x.example'),"
        " CONCAT('F', MOD(seq * 7919, 500)), CONCAT('L', MOD(seq * 31, 977)), 1 + MOD(seq, 2),"
        " DATE_ADD('2015-01-01', INTERVAL MOD(seq * 7919, 100000) SECOND), '2020-01-01'"
        " FROM seq_1_to_20000");
    world.AskDatabase("ANALYZE TABLE users");
    return true;
  }();
  static_cast<void>(filled);
  return world;
}

/// Index and "Extra" of the first line of the plan.
std::string Plan(const UserFilter& filter, UserOrder order, bool descending = false) {
  db::StatementBuilder explain;
  db::OrderedList list = db::cscart::ListOf(filter, {.by = order, .descending = descending});
  if (list.mirrored) list.order.back().descending = true;
  explain.Add("EXPLAIN SELECT u.id").Add(list.source).Append(list.where);
  explain.Append(db::OrderBy(list.order)).Add(" LIMIT 10");
  const auto plan =
      Town().Connection().Read([&](db::Session& session) -> db::StoreResult<std::string> {
        db::Rows rows = explain.QueryAnew(session);
        if (!rows.Next()) return db::StoreError::kNotFound;
        return rows.Text(5) + ": " + rows.Text(9);
      });
  return plan ? *plan : "no plan";
}

TEST(CscartPlans, ReadTheDefaultListFromAnIndex) {
  EXPECT_THAT(Plan({}, UserOrder::kName), HasSubstr("by_name: "));
  EXPECT_THAT(Plan({}, UserOrder::kName), Not(HasSubstr("filesort")));
}

TEST(CscartPlans, ReadEveryOrderOfPersonsFromAnIndex) {
  for (const UserOrder order :
       {UserOrder::kId, UserOrder::kUsername, UserOrder::kEmail, UserOrder::kName, UserOrder::kDate,
        UserOrder::kType, UserOrder::kStatus, UserOrder::kPhone, UserOrder::kLastLogin,
        UserOrder::kUpdated}) {
    for (const bool descending : {false, true}) {
      EXPECT_THAT(Plan({}, order, descending), EndsWith("Using where; Using index"))
          << static_cast<int>(order) << descending;
    }
  }
}

TEST(CscartPlans, ReadExactFiltersInTheDefaultOrderFromAnIndex) {
  UserFilter type;
  type.user_type = "V";
  EXPECT_EQ(Plan(type, UserOrder::kName), "cscart_by_type: Using where; Using index");
  UserFilter status;
  status.status = "D";
  EXPECT_EQ(Plan(status, UserOrder::kName), "cscart_by_status: Using where; Using index");
  UserFilter company;
  company.companies = {1};
  EXPECT_EQ(Plan(company, UserOrder::kName), "cscart_by_company: Using where; Using index");
}

TEST(CscartPlans, ReadLargeGroupsInTheOrderOfTheList) {
  UserFilter group;
  group.usergroup_id = 3;
  const db::cscart::UserSort by_name;
  EXPECT_EQ(db::cscart::ListOf(group, by_name, db::cscart::Way::kOrder).source.text,
            " FROM users u FORCE INDEX (by_name)");
  EXPECT_EQ(db::cscart::ListOf(group, by_name).source.text, " FROM users u");
}

TEST(CscartPlans, FindIdsByTheirKey) {
  UserFilter ids;
  ids.ids = {{3, 4, 5}};
  EXPECT_THAT(Plan(ids, UserOrder::kName), AnyOf(HasSubstr("PRIMARY: "), HasSubstr("_by_id: ")));
}

}  // namespace
}  // namespace rosterd::cscart
