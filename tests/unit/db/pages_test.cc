// Pages of lists, compared with what the whole list in its order is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "db/bedita/record_store.h"
#include "db/cscart/user_store.h"
#include "db/tally.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using bedita::RecordStore;
using cscart::UserFilter;
using cscart::UserOrder;
using cscart::UserSort;
using cscart::UserStore;
using Ids = std::vector<uint64_t>;

/// 700 persons, most of whom are equal to others in everything that lists are ordered by: the same
/// name, one that is the same in the collation, no name at all, no address, the same second.
class Crowd {
 public:
  Crowd() {
    database_.Execute(
        "INSERT INTO cscart_companies (id, name, created_at) VALUES"
        " (1, 'Zoo', NOW()), (2, 'acme', NOW()), (3, 'Acmé', NOW())");
    database_.Execute(
        "INSERT INTO users (username, email, phone, first_name, last_name, company, status, "
        "blocked,"
        " deleted_at, created_at, updated_at, last_login_at, cscart_user_type, cscart_company_id,"
        " bedita_gender)"
        " SELECT CONCAT('n', MOD(seq * 7919, 350)),"
        " IF(MOD(seq, 3) = 0, NULL, CONCAT(ELT(1 + MOD(seq, 4), 'é', 'e', 'E', 'f'), seq DIV 40)),"
        " IF(MOD(seq, 5) < 2, '', CONCAT('+49', MOD(seq * 31, 90))),"
        " ELT(1 + MOD(seq * 7919, 7), 'René', 'rene', 'RENE', '', 'Ann', 'Zoë', 'zoe'),"
        " ELT(1 + MOD(seq * 31, 5), 'Ó', 'o', 'Bay', 'bay ', ''), '',"
        " 1 + MOD(seq * 17, 4), MOD(seq, 11) = 0, IF(MOD(seq, 13) = 0, NOW(), NULL),"
        " '2026-01-01' + INTERVAL MOD(seq * 7919, 900) * 100000 MICROSECOND,"
        " '2026-02-01' + INTERVAL MOD(seq * 104729, 900) * 100000 MICROSECOND,"
        " IF(MOD(seq, 2) = 0, NULL, '2026-03-01' + INTERVAL MOD(seq, 60) * 300000 MICROSECOND),"
        " ELT(1 + MOD(seq, 9), 'A', 'V', 'C', 'C', 'C', 'C', 'C', 'C', 'C'), MOD(seq, 5),"
        " IF(MOD(seq, 4) = 0, NULL, MOD(seq, 3)) FROM seq_1_to_700");
    EXPECT_TRUE(Tallies::Recount(database_.Settings()));
  }

  Ids Whole(const std::string& condition, const std::string& order) {
    Ids ids;
    const auto read = connection_.Read([&](Session& session) -> Nothing {
      Rows rows = session.Query(
          "SELECT u.id FROM users u LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id"
          " WHERE u.deleted_at IS NULL" +
          condition + " ORDER BY " + order);
      while (rows.Next()) ids.push_back(rows.Number(0));
      return std::monostate{};
    });
    EXPECT_TRUE(read);
    return ids;
  }

  /// Somebody comes, goes, and is renamed, all of it through the connection of another worker.
  void Change() {
    const auto done = Do(other_, [](Session& session) {
      session.Execute(
          "UPDATE users SET first_name = 'rene', email = NULL, updated_at = NOW(),"
          " status = 'active' WHERE id IN (17, 400, 611)");
      session.Execute(
          "UPDATE users SET deleted_at = NOW() WHERE deleted_at IS NULL"
          " ORDER BY first_name DESC, id LIMIT 3");
      session.Execute(
          "INSERT INTO users (username, created_at, updated_at)"
          " VALUES ('n0', '2026-01-01', '2026-02-01')");
      session.Notes().Note();
    });
    EXPECT_TRUE(done);
    EXPECT_TRUE(Tallies::Recount(database_.Settings()));
  }

  void Run(const std::string& sql) { database_.Execute(sql); }

  uint64_t Status(const std::string& name) {
    const auto value = connection_.Read([&](Session& session) -> StoreResult<uint64_t> {
      Rows rows = session.Query("SHOW SESSION STATUS LIKE '" + name + "'");
      return rows.Next() ? rows.Number(1) : 0;
    });
    return value ? *value : 0;
  }
  /// How many entries of indexes and rows were read one after the other.
  uint64_t Steps() {
    return Status("Handler_read_next") + Status("Handler_read_prev") +
           Status("Handler_read_rnd_next");
  }

  Connection& Worker() { return connection_; }

 private:
  testing::TestDatabase database_;
  Connection connection_{database_.Settings()};
  Connection other_{database_.Settings()};
};

Crowd& Shared() {
  static Crowd crowd;
  return crowd;
}

using Page = std::function<Ids(uint64_t limit, uint64_t offset)>;

Ids Part(const Ids& whole, uint64_t limit, uint64_t offset) {
  const uint64_t begin = std::min<uint64_t>(offset, whole.size());
  const uint64_t end = std::min<uint64_t>(offset + limit, whole.size());
  return {whole.begin() + static_cast<int64_t>(begin), whole.begin() + static_cast<int64_t>(end)};
}

/// Far pages first and from both ends, then all of them, so that some are read from the beginning
/// and others from rows that are known.
void ExpectPages(const Ids& whole, const Page& page, uint64_t limit) {
  ASSERT_GT(whole.size(), 400U);
  for (const uint64_t offset : {440, 445, 300, 640, 620, 660, 1, 0, 9999}) {
    ASSERT_EQ(page(limit, offset), Part(whole, limit, offset)) << "offset " << offset;
  }
  for (uint64_t offset = 0; offset < whole.size(); offset += limit) {
    ASSERT_EQ(page(limit, offset), Part(whole, limit, offset)) << "offset " << offset;
  }
}

void ExpectPages(Crowd& crowd, const std::string& condition, const std::string& order,
                 const Page& page) {
  SCOPED_TRACE(order);
  ExpectPages(crowd.Whole(condition, order), page, 29);
  if (::testing::Test::HasFatalFailure()) return;
  crowd.Change();
  ExpectPages(crowd.Whole(condition, order), page, 13);
}

Page AccountPages(const UserFilter& filter, const UserSort& sort) {
  return [filter, sort](uint64_t limit, uint64_t offset) {
    Ids ids;
    const auto users = UserStore::Page(Shared().Worker(), filter, sort, limit, offset);
    EXPECT_TRUE(users);
    for (const auto& user : users->users) ids.push_back(user.id.value);
    return ids;
  };
}

struct NamedOrder {
  UserOrder order;
  std::string up;
  std::string down;
};

std::vector<NamedOrder> AccountOrders() {
  return {{UserOrder::kId, "u.id", "u.id DESC"},
          {UserOrder::kUsername, "u.username, u.id", "u.username DESC, u.id"},
          {UserOrder::kEmail, "u.email, u.id", "u.email DESC, u.id"},
          {UserOrder::kName, "u.first_name, u.last_name, u.id",
           "u.first_name DESC, u.last_name DESC, u.id"},
          {UserOrder::kDate, "u.cscart_timestamp, u.id", "u.cscart_timestamp DESC, u.id"},
          {UserOrder::kType, "u.cscart_user_type, u.id", "u.cscart_user_type DESC, u.id"},
          {UserOrder::kStatus, "u.cscart_status, u.id", "u.cscart_status DESC, u.id"},
          {UserOrder::kCompany, "c.name, u.id", "c.name DESC, u.id"},
          {UserOrder::kPhone, "u.phone, u.id", "u.phone DESC, u.id"},
          {UserOrder::kLastLogin, "u.bedita_last_login, u.id", "u.bedita_last_login DESC, u.id"},
          {UserOrder::kUpdated, "u.bedita_modified, u.id", "u.bedita_modified DESC, u.id"}};
}

TEST(Pages, AreThoseOfTheWholeListInEveryOrder) {
  for (const NamedOrder& order : AccountOrders()) {
    ExpectPages(Shared(), "", order.up, AccountPages({}, {order.order, false}));
    ExpectPages(Shared(), "", order.down, AccountPages({}, {order.order, true}));
  }
}

TEST(Pages, AreThoseOfAFilteredListByName) {
  UserFilter customers;
  customers.user_type = "C";
  const std::string condition = " AND u.cscart_user_type = 'C'";
  ExpectPages(Shared(), condition, "u.first_name, u.last_name, u.id",
              AccountPages(customers, {UserOrder::kName, false}));
  ExpectPages(Shared(), condition, "u.first_name DESC, u.last_name DESC, u.id",
              AccountPages(customers, {UserOrder::kName, true}));
}

TEST(Pages, AreThoseOfALargeGroupAndOfAWindowOfTime) {
  Crowd& crowd = Shared();
  crowd.Run("INSERT INTO cscart_usergroups (id, status, type) VALUES (5, 'A', 'C')");
  crowd.Run(
      "INSERT INTO cscart_usergroup_links (user_id, usergroup_id, status, updated_at)"
      " SELECT id, 5, 'A', '2026-04-01' FROM users WHERE MOD(id, 9) <> 0 AND id <= 700");
  UserFilter members;
  members.usergroup_id = 5;
  const std::string of_group =
      " AND u.id IN (SELECT user_id FROM cscart_usergroup_links WHERE usergroup_id = 5)";
  ExpectPages(crowd, of_group, "u.first_name DESC, u.last_name DESC, u.id",
              AccountPages(members, {UserOrder::kName, true}));
  UserFilter window;
  window.updated_from = 1769904000;  // 2026-02-01
  window.updated_to = 1775001600;    // 2026-04-01
  ExpectPages(crowd,
              " AND (u.updated_at BETWEEN '2026-02-01' AND '2026-04-01 00:00:00.999999' OR u.id IN"
              " (SELECT user_id FROM cscart_usergroup_links WHERE updated_at = '2026-04-01'))",
              "u.bedita_modified DESC, u.id", AccountPages(window, {UserOrder::kUpdated, true}));
}

TEST(Pages, AreThoseOfAWindowOfTimeInWhichMostWereChanged) {
  Crowd& crowd = Shared();
  UserFilter window;
  window.updated_from = 1769904000 + 120;  // 2026-02-01 00:02
  const std::string changed =
      " AND (u.updated_at >= '2026-02-01 00:02:00' OR u.id IN"
      " (SELECT user_id FROM cscart_usergroup_links WHERE updated_at >= '2026-02-01 00:02:00')"
      " OR u.id IN (SELECT user_id FROM cscart_profiles WHERE updated_at >= '2026-02-01 "
      "00:02:00'))";
  ExpectPages(crowd, changed, "u.first_name, u.last_name, u.id",
              AccountPages(window, {UserOrder::kName, false}));
}

TEST(Pages, AreThoseOfAFlagThatHasNoIndex) {
  Crowd& crowd = Shared();
  crowd.Run("UPDATE users SET cscart_tax_exempt = 'Y' WHERE MOD(id, 5) <> 3");
  UserFilter exempt;
  exempt.tax_exempt = "Y";
  const std::string condition = " AND u.cscart_tax_exempt = 'Y'";
  ExpectPages(crowd, condition, "u.first_name, u.last_name, u.id",
              AccountPages(exempt, {UserOrder::kName, false}));
  ExpectPages(crowd, condition, "c.name, u.id", AccountPages(exempt, {UserOrder::kCompany, false}));
}

TEST(Pages, AreThoseOfAnAddressThatManyHave) {
  Crowd& crowd = Shared();
  crowd.Run(
      "INSERT INTO cscart_profiles (user_id, type, b_city, s_city, updated_at)"
      " SELECT id, 'P', ELT(1 + MOD(id, 5), 'Boston', 'East BÓSTON', 'Orel', 'boston', ''),"
      " IF(MOD(id, 3) = 0, 'Bostonia', ''), '2026-04-01' FROM users WHERE id <= 700");
  UserFilter city;
  city.city = "oston";
  const std::string condition =
      " AND u.id IN (SELECT user_id FROM cscart_profiles WHERE b_city LIKE '%oston%'"
      " OR s_city LIKE '%oston%')";
  ExpectPages(crowd, condition, "u.first_name, u.last_name, u.id",
              AccountPages(city, {UserOrder::kName, false}));
  ExpectPages(crowd, condition, "u.username DESC, u.id",
              AccountPages(city, {UserOrder::kUsername, true}));
}

/// Pages of users that one value of an attribute has.
Page UserPagesWith(size_t attribute, const std::string& value) {
  return [attribute, value](uint64_t limit, uint64_t offset) {
    bedita::ListFilter filter;
    filter.conditions.push_back({attribute, bedita::Compare::kEqual, {value}});
    Ids ids;
    const auto read = Shared().Worker().Read([&](Session& session) -> Nothing {
      ids.clear();
      const auto page = RecordStore::Page(session, bedita::Users(), filter, {}, {}, limit, offset);
      for (const auto& record : page.records) ids.push_back(record.id);
      return std::monostate{};
    });
    EXPECT_TRUE(read);
    return ids;
  };
}

TEST(Pages, AreThoseOfUsersOfAStatusAndOfThoseWhoAreNotBlocked) {
  ExpectPages(Shared(), " AND u.blocked = 0", "u.id", UserPagesWith(bedita::user::kBlocked, "0"));
  Shared().Run("UPDATE users SET status = 'hidden' WHERE MOD(id, 9) <> 0");
  ExpectPages(Shared(), " AND u.bedita_status = 'off'", "u.id",
              UserPagesWith(bedita::user::kStatus, "off"));
}

Page UserPages(const bedita::ListOrder& order) {
  return [order](uint64_t limit, uint64_t offset) {
    Ids ids;
    const auto read = Shared().Worker().Read([&](Session& session) -> Nothing {
      ids.clear();
      bedita::Choice choice;
      choice.set(bedita::user::kEmail);
      choice.set(bedita::user::kTitle);
      for (const auto& record :
           RecordStore::Page(session, bedita::Users(), {}, order, choice, limit, offset).records) {
        ids.push_back(record.id);
      }
      return std::monostate{};
    });
    EXPECT_TRUE(read);
    return ids;
  };
}

TEST(Pages, AreThoseOfTheWholeListByEveryKindOfAttribute) {
  const std::vector<std::pair<size_t, std::string>> attributes = {
      {bedita::user::kStatus, "u.bedita_status"},
      {bedita::user::kName, "u.first_name"},
      {bedita::user::kSurname, "u.last_name"},
      {bedita::user::kEmail, "u.email"},
      {bedita::user::kPhone, "u.phone"},
      {bedita::user::kUsername, "u.username"},
      {bedita::user::kCreated, "u.bedita_created"},
      {bedita::user::kModified, "u.bedita_modified"},
      {bedita::user::kLastLogin, "u.bedita_last_login"},
      {bedita::user::kGender, "u.bedita_gender"}};
  for (const auto& [attribute, column] : attributes) {
    ExpectPages(Shared(), "", column + ", u.id", UserPages({attribute, false}));
    ExpectPages(Shared(), "", column + " DESC, u.id", UserPages({attribute, true}));
  }
  ExpectPages(Shared(), "", "u.id", UserPages({bedita::kId, false}));
  ExpectPages(Shared(), "", "u.id DESC", UserPages({bedita::kId, true}));
}

TEST(Pages, AreReadFromTheNearestKnownRow) {
  Crowd& crowd = Shared();
  crowd.Change();
  const Page page = AccountPages({}, {UserOrder::kUsername, false});
  const uint64_t before = crowd.Steps();
  page(20, 400);
  const uint64_t walked = crowd.Steps() - before;
  EXPECT_GT(walked, 400U);
  page(20, 400);
  page(20, 420);
  page(20, 380);
  EXPECT_LT(crowd.Steps() - before - walked, walked);
}

/// Statements that a page takes.
uint64_t Cost(const Page& page, uint64_t limit, uint64_t offset) {
  const uint64_t before = Shared().Worker().Statements();
  page(limit, offset);
  return Shared().Worker().Statements() - before;
}

TEST(Pages, ThatAreDearAreRememberedUntilSomethingChanges) {
  Crowd& crowd = Shared();
  crowd.Change();
  const Page page = UserPages({bedita::user::kGender, true});
  const std::string order = "u.bedita_gender DESC, u.id";
  page(20, 40);
  page(20, 40);
  const uint64_t sorted = crowd.Status("Sort_rows");
  EXPECT_EQ(Cost(page, 20, 40), 1U);
  EXPECT_LE(crowd.Status("Sort_rows") - sorted, 40U);
  EXPECT_EQ(page(20, 40), Part(crowd.Whole("", order), 20, 40));
  crowd.Change();
  EXPECT_EQ(page(20, 40), Part(crowd.Whole("", order), 20, 40));
}

TEST(Pages, OfRowsThatAllDifferTakeTwoStatementsBackward) {
  const Page page = AccountPages({}, {UserOrder::kEmail, true});
  Shared().Run("UPDATE users SET email = CONCAT('M', id, '@x.example') WHERE id BETWEEN 1 AND 99");
  Shared().Run("UPDATE users SET email = NULL WHERE email LIKE 'é%'");
  const Ids whole = Shared().Whole("", "u.email DESC, u.id");
  Cost(page, 10, 20);
  EXPECT_EQ(Cost(page, 10, 20), 2U);
  for (const uint64_t offset : {0, 1, 10, 20, 57}) {
    EXPECT_EQ(page(10, offset), Part(whole, 10, offset)) << offset;
  }
}

/// What a page of addresses relies on when it takes two of them for different without asking.
TEST(Pages, PrintableAsciiHasWeightsOfItsOwn) {
  std::string all;
  for (char c = ' '; c <= '~'; ++c) all += c;
  const auto alike = Shared().Worker().Read([&](Session& session) -> StoreResult<uint64_t> {
    Rows rows = session.Query(
        "SELECT COUNT(DISTINCT LOWER(HEX(c.one))), COUNT(DISTINCT WEIGHT_STRING(c.one)),"
        " MIN(LENGTH(WEIGHT_STRING(c.one)) = 2)"
        " FROM (SELECT CONVERT(LOWER(SUBSTRING(? COLLATE utf8mb4_unicode_520_ci, seq, 1))"
        " USING utf8mb4) COLLATE utf8mb4_unicode_520_ci AS one FROM seq_1_to_95) c",
        all);
    EXPECT_TRUE(rows.Next());
    EXPECT_EQ(rows.Number(0), 69U);
    EXPECT_EQ(rows.Number(1), 69U);
    return rows.Number(2);
  });
  ASSERT_TRUE(alike);
  EXPECT_EQ(*alike, 1U);
}

TEST(Pages, SortNoMoreThanThePage) {
  Crowd& crowd = Shared();
  for (const NamedOrder& order : AccountOrders()) {
    if (order.order == UserOrder::kCompany) continue;
    for (const bool descending : {false, true}) {
      const uint64_t before = crowd.Status("Sort_rows");
      EXPECT_EQ(AccountPages({}, {order.order, descending})(10, 0).size(), 10U);
      EXPECT_LE(crowd.Status("Sort_rows") - before, 40U) << order.up << descending;
    }
  }
}

}  // namespace
}  // namespace rosterd::db
