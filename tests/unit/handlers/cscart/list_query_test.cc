#include "handlers/cscart/list_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handlers/cscart/address.h"

namespace rosterd::cscart {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A call of GET /users with a query.
struct Asked {
  explicit Asked(const std::string& query, Version version = Version::kTwo)
      : call{.request = request,
             .method = "GET",
             .version = version,
             .caller = {},
             .params = {},
             .scope = {},
             .query = Query(query),
             .fields = {}} {}

  static fcgi::Value Query(const std::string& query) {
    fcgi::Request asked;
    asked.raw_path = "/api/users";
    asked.query = query;
    return ParseAddress(asked).query;
  }

  fcgi::Request request;
  Call call;
};

ListQuery Read(const std::string& query) {
  const Asked asked(query);
  return ReadListQuery(asked.call, {}).value();
}

std::string Params(const std::string& query, const Echo& echo) {
  JsonWriter json;
  WriteParams(json, Asked::Query(query), echo);
  return json.Take();
}

TEST(CscartListQuery, ReadsListsInEverySpelling) {
  for (const char* query : {"user_ids[]=3&user_ids[]=5", "user_ids[0]=3&user_ids[1]=5",
                            "user_ids=3,5", "user_ids=3&user_ids=5", "user_ids[a]=3&user_ids[b]=5",
                            "user_id=5,3", "user_ids=3,x,5", "user_ids=5, 3,3"}) {
    EXPECT_THAT(*Read(query).filter.ids, ElementsAre(3, 5)) << query;
  }
}

TEST(CscartListQuery, MeansNobodyByAListWithoutNumbers) {
  EXPECT_THAT(*Read("user_ids=abc").filter.ids, IsEmpty());
}

TEST(CscartListQuery, DoesNotFilterByEmptyValues) {
  const auto filter = Read("user_ids=&status=&name=+&user_types=&company=&usergroup_id=").filter;
  EXPECT_EQ(filter.ids, std::nullopt);
  EXPECT_EQ(filter.status, std::nullopt);
  EXPECT_EQ(filter.name, std::nullopt);
  EXPECT_EQ(filter.user_types, std::nullopt);
  EXPECT_EQ(filter.usergroup_id, std::nullopt);
  EXPECT_FALSE(filter.nothing);
}

TEST(CscartListQuery, TakesACompanyOfDigitsForAnId) {
  EXPECT_THAT(Read("company=12").filter.companies, ElementsAre(12));
  EXPECT_EQ(Read("company=12+Monkeys").filter.company, "12 Monkeys");
}

TEST(CscartListQuery, SplitsANameOfTwoWords) {
  EXPECT_EQ(Read("name=Anna++Berg").filter.two_names,
            (std::pair<std::string, std::string>("Anna", "Berg")));
  EXPECT_EQ(Read("name=Anna").filter.name, "Anna");
  EXPECT_EQ(Read("name=Anna+van+Berg").filter.name, "Anna van Berg");
}

TEST(CscartListQuery, ComparesDigitsOfPhones) {
  EXPECT_EQ(Read("phone=%2B7+(495)+12-3").filter.phone_digits, "7495123");
  EXPECT_TRUE(Read("phone=abc").filter.nothing);
}

TEST(CscartListQuery, ReadsLettersInAnyCase) {
  EXPECT_EQ(Read("status=d").filter.status, "D");
  EXPECT_TRUE(Read("status=Active").filter.nothing);
  EXPECT_THAT(*Read("user_types[]=A&user_types[]=xx").filter.user_types, ElementsAre("A"));
}

TEST(CscartListQuery, TakesMinusOneForNoGroupFilter) {
  EXPECT_EQ(Read("usergroup_id=-1").filter.usergroup_id, std::nullopt);
  EXPECT_EQ(Read("usergroup_id=0").filter.usergroup_id, 0U);
}

TEST(CscartListQuery, RefusesAMapForAScalar) {
  const Asked asked("status[x]=A");
  EXPECT_EQ(ReadListQuery(asked.call, {}).error().status, 400);
}

TEST(CscartListQuery, SortsByNameUnlessToldOtherwise) {
  EXPECT_EQ(Read("").sort_by, "name");
  EXPECT_EQ(Read("sort_by=nonsense").sort_by, "name");
  EXPECT_EQ(Read("sort_by=last_login").sort_by, "last_login");
  EXPECT_FALSE(Read("sort_order=DESC").sort.descending);
  EXPECT_TRUE(Read("sort_order=desc").sort.descending);
}

TEST(CscartListQuery, ReadsPagesKindly) {
  EXPECT_EQ(Read("page=3").paging.page, 3U);
  for (const char* query : {"page=0", "page=-1", "page=x", "page=", "page=1.5"}) {
    EXPECT_EQ(Read(query).paging.page, 1U) << query;
  }
}

TEST(CscartListQuery, TakesTheDefaultForAWrongPageSize) {
  for (const char* query : {"", "items_per_page=-5", "items_per_page=x", "items_per_page="}) {
    EXPECT_EQ(Read(query).paging.items_per_page, 10U) << query;
  }
  EXPECT_EQ(Read("items_per_page=0").paging.items_per_page, 0U);
}

TEST(CscartListQuery, ListsEverythingInVersionOne) {
  const Asked plain("", Version::kOne);
  const Asked paged("items_per_page=7", Version::kOne);
  EXPECT_EQ(ReadPaging(plain.call, {}).items_per_page, 0U);
  EXPECT_EQ(ReadPaging(paged.call, {}).items_per_page, 7U);
}

TEST(CscartListQuery, CapsThePageSizeWhenTheSettingSaysSo) {
  config::Cscart settings;
  settings.max_items_per_page = 50;
  for (const char* query : {"items_per_page=1000", "items_per_page=0"}) {
    const Asked asked(query);
    EXPECT_EQ(ReadPaging(asked.call, settings).items_per_page, 50U) << query;
  }
}

TEST(CscartListQuery, StaysOnTheLastPage) {
  EXPECT_EQ((Paging{.page = 9, .items_per_page = 10}).Within(25), 3U);
  EXPECT_EQ((Paging{.page = 9, .items_per_page = 10}).Within(0), 9U);
  EXPECT_EQ((Paging{.page = 2, .items_per_page = 10}).Within(20), 2U);
}

TEST(CscartListQuery, EchoesWhatWasSentAndAppendsTheRest) {
  EXPECT_EQ(Params("user_type=C&items_per_page=2",
                   {.page = 1, .items_per_page = 2, .sort_by = "name", .total = 57}),
            R"({"user_type":"C","page":1,"items_per_page":2,"sort_by":"name","sort_order":"asc",)"
            R"("sort_order_rev":"desc","total_items":"57"})");
}

TEST(CscartListQuery, ReplacesWhatWasSentUnderTheNamesOfItsOwn) {
  EXPECT_EQ(Params("total_items=x&sort_by=nonsense&page=-3&sort_order_rev=x",
                   {.items_per_page = 10, .sort_by = "name", .total = 1}),
            R"({"page":1,"items_per_page":10,"sort_by":"name","sort_order":"asc",)"
            R"("sort_order_rev":"desc","total_items":"1"})");
}

TEST(CscartListQuery, EchoesListsAndMaps) {
  EXPECT_EQ(Params("x[]=1&x[]=2&y[k]=v&_d=z&ajax_custom=1",
                   {.items_per_page = 0, .sort_by = "id", .descending = true}),
            R"({"x":["1","2"],"y":{"k":"v"},"page":1,"items_per_page":0,"sort_by":"id",)"
            R"("sort_order":"desc","sort_order_rev":"asc"})");
}

}  // namespace
}  // namespace rosterd::cscart
