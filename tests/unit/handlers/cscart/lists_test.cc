#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/cscart/company_store.h"
#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<uint64_t> List(const std::string& query) { return World::Shared().List(query); }
std::string Body(const std::string& target) { return World::Shared().Get(target).body; }

TEST(CscartLists, ShowUsersAndParams) {
  EXPECT_EQ(Body("/api/2.0/users?user_ids[]=3&_d=x&ajax_custom=1&page=7"),
            R"({"users":[{"user_id":"3","user_login":"customer","is_root":"N",)"
            R"("timestamp":"1116709280","user_type":"C","status":"A","firstname":"Customer",)"
            R"("lastname":"Customer","email":"Customer@Example.com","company":"Simtech",)"
            R"("company_id":"1","company_name":"Simtech"}],"params":{"user_ids":["3"],"page":1,)"
            R"("items_per_page":10,"sort_by":"name","sort_order":"asc","sort_order_rev":"desc",)"
            R"("total_items":"1"}})");
}

TEST(CscartLists, ShowStatusAndSecondsAsTheServerComputesThem) {
  World world;
  world.Execute(
      "UPDATE users SET status = 'pending', created_at = '1969-12-31 23:59:58.5',"
      " last_login_at = '1960-01-01 00:00:00.25' WHERE id = 3");
  world.Execute(
      "UPDATE users SET status = 'pending', blocked = 1, created_at = '2030-01-01' WHERE"
      " id = 4");
  const std::string body = world.Get("/api/2.0/users?user_ids[]=3&user_ids[]=4&extended=Y").body;

  EXPECT_THAT(body, HasSubstr(R"("timestamp":"-1","user_type":"C","status":"P")"));
  EXPECT_THAT(body, HasSubstr(R"("last_login":"-315619199","points")"));
  EXPECT_THAT(body, HasSubstr(R"("timestamp":"1893456000","user_type":"C","status":"D")"));
}

TEST(CscartLists, ShowTheArrayAloneInVersionOne) {
  EXPECT_THAT(Body("/api/1.0/users?user_type=V"), ::testing::StartsWith(R"([{"user_id":"6",)"));
  EXPECT_EQ(Body("/api/1/users?user_ids=999"), "[]");
}

TEST(CscartLists, SayThatNothingWasFound) {
  EXPECT_EQ(Body("/api/users?user_ids=999&page=4"),
            R"({"users":[],"params":{"user_ids":"999","page":4,"items_per_page":10,)"
            R"("sort_by":"name","sort_order":"asc","sort_order_rev":"desc","total_items":"0"}})");
}

TEST(CscartLists, AreOrderedByNameUnlessToldOtherwise) {
  EXPECT_THAT(List(""), ElementsAre(4, 5, 9, 3, 2, 1, 11, 7, 6, 8));
  EXPECT_THAT(List("sort_order=desc"), ElementsAre(8, 6, 7, 11, 1, 2, 3, 9, 5, 4));
}

TEST(CscartLists, AreOrderedByEveryWordOfTheContract) {
  EXPECT_THAT(List("user_type=C&sort_by=id&sort_order=desc"), ElementsAre(9, 8, 7, 5, 4, 3));
  EXPECT_THAT(List("user_type=C&sort_by=username"), ElementsAre(4, 5, 9, 3, 8, 7));
  EXPECT_THAT(List("user_type=C&sort_by=email"), ElementsAre(8, 4, 9, 5, 3, 7));
  EXPECT_THAT(List("sort_by=type"), ElementsAre(1, 2, 11, 3, 4, 5, 7, 8, 9, 6));
  EXPECT_THAT(List("user_type=C&sort_by=status"), ElementsAre(3, 4, 5, 9, 7, 8));
  EXPECT_THAT(List("sort_by=company"), ElementsAre(1, 2, 7, 8, 5, 6, 11, 3, 4, 9));
  EXPECT_THAT(List("user_type=A&sort_by=phone"), ElementsAre(1, 2, 11));
  EXPECT_THAT(List("user_type=A&sort_by=last_login"), ElementsAre(1, 2, 11));
  EXPECT_THAT(List("user_type=A&sort_by=updated&sort_order=desc"), ElementsAre(1, 2, 11));
}

TEST(CscartLists, OrderWhatWasCreatedInOneSecondById) {
  EXPECT_THAT(List("user_ids=3,4,5,6&sort_by=date"), ElementsAre(3, 4, 5, 6));
  EXPECT_THAT(List("user_ids=3,4,5,6&sort_by=date&sort_order=desc"), ElementsAre(6, 3, 4, 5));
}

TEST(CscartLists, ArePaged) {
  EXPECT_THAT(List("sort_by=id&items_per_page=4"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(List("sort_by=id&items_per_page=4&page=3"), ElementsAre(9, 11));
  EXPECT_THAT(List("sort_by=id&items_per_page=4&page=99"), ElementsAre(9, 11));
  EXPECT_THAT(List("sort_by=id&items_per_page=10&page=2"),
              ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 11));
}

TEST(CscartLists, CountEverythingThatMatches) {
  EXPECT_THAT(Body("/api/2.0/users?items_per_page=4&page=99"),
              HasSubstr(R"("page":3,"items_per_page":4,)"));
  EXPECT_THAT(Body("/api/2.0/users?items_per_page=4"), HasSubstr(R"("total_items":"10"}})"));
  EXPECT_THAT(Body("/api/2.0/users?items_per_page=1000"), HasSubstr(R"("total_items":"10"}})"));
}

TEST(CscartLists, ShowEverythingWithoutATotal) {
  EXPECT_THAT(List("items_per_page=0&sort_by=company"), ElementsAre(1, 2, 7, 8, 5, 6, 11, 3, 4, 9));
  EXPECT_THAT(Body("/api/2.0/users?items_per_page=0&user_ids=999"),
              R"({"users":[],"params":{"user_ids":"999","page":1,"items_per_page":0,)"
              R"("sort_by":"name","sort_order":"asc","sort_order_rev":"desc"}})");
}

TEST(CscartLists, StreamMoreThanABatchInOrder) {
  World world;
  world.Execute(
      "INSERT INTO users (username, first_name, created_at, updated_at)"
      " SELECT CONCAT('many', seq), 'Many', '2021-01-01', '2021-01-01' FROM seq_1_to_1234");
  const auto ids = world.List("items_per_page=0&sort_by=id");
  EXPECT_EQ(ids.size(), 1244U);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(world.List("items_per_page=600&page=2&name=Many&sort_by=id").size(), 600U);
  EXPECT_EQ(world.List("items_per_page=600&page=9&name=Many&sort_by=id").size(), 34U);
}

TEST(CscartLists, AppendTheExtrasOnlyWhenAsked) {
  EXPECT_THAT(Body("/api/2.0/users?user_ids=3&extended=Y"),
              HasSubstr(R"("company_name":"Simtech","phone":"","last_login":"0","points":"40"})"));
}

TEST(CscartLists, ShowARestrictedAdminCustomersAndItself) {
  const Reply reply = World::Shared().Send(
      {.target = "/api/users?sort_by=id", .login = "helper@example.com:helper-key"});
  EXPECT_THAT(UserIds(reply.Json().Find("users")), ElementsAre(2, 3, 4, 5, 7, 8, 9));
}

TEST(CscartLists, ShowAStoreAdminItsStore) {
  const Reply reply = World::Shared().Send(
      {.target = "/api/users?sort_by=id&company_id=1", .login = "keeper@shop.example:keeper-key"});
  EXPECT_THAT(UserIds(reply.Json().Find("users")), ElementsAre(5, 6, 11));
}

TEST(CscartLists, HaveTags) {
  World& world = World::Shared();
  const Reply first = world.Get("/api/users?user_type=V");
  const Reply again = world.Send(
      {.target = "/api/users?user_type=V", .headers = {{"If-None-Match", first.Header("ETag")}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
}

/// Statements of a request, one of which asks about the key.
uint64_t StatementsOf(World& world, const std::string& target) {
  world.Epoch().Advance();  // or else the key may be remembered
  world.Get(target);
  return world.LastStatements();
}

/// The same of a list whose answer is not known.
uint64_t StatementsOfNew(World& world, const std::string& target) {
  static int number = 0;
  return StatementsOf(world, target + "&number=" + std::to_string(++number));
}

TEST(CscartLists, TakeOneStatementWithTheirTotal) {
  World world;
  const std::string second = "/api/users?items_per_page=2&page=2&user_type=C";
  const std::string behind_the_end = "/api/users?items_per_page=2&page=99";
  for (const auto& list : {second, behind_the_end}) StatementsOfNew(world, list);  // prepares
  EXPECT_EQ(StatementsOfNew(world, second), 2U);
  // That it is empty, how many there are, and the last page.
  EXPECT_LE(StatementsOfNew(world, behind_the_end), 5U);
}

TEST(CscartLists, KnowANewCompanyAtOnce) {
  World world;
  const std::string second = "sort_by=company&items_per_page=4&page=2";
  EXPECT_THAT(world.List(second), ElementsAre(5, 6, 11, 3));
  db::cscart::Company company;
  company.id = 9;
  company.name = "Zeta";
  company.created_at = db::Now();
  const auto added = world.Connection().Transaction([&](db::Session& session) {
    return db::StoreResult<uint64_t>(db::cscart::CompanyStore::Add(session, company));
  });
  ASSERT_TRUE(added);

  EXPECT_THAT(world.List(second), ElementsAre(6, 11, 3, 4));
}

TEST(CscartLists, RememberACountUntilSomethingChanges) {
  World world;
  const std::string list = "/api/users?items_per_page=1&tax_exempt=N";
  StatementsOfNew(world, list);
  StatementsOfNew(world, list);
  EXPECT_EQ(StatementsOfNew(world, list), 2U);
  world.Execute("UPDATE users SET phone = '1' WHERE id = 4");
  // The page that was known, the version, the count, which is prepared anew, and the page.
  EXPECT_EQ(StatementsOfNew(world, list), 6U);
  EXPECT_EQ(StatementsOfNew(world, list), 2U);
}

TEST(CscartLists, AreKnownToTheirCallerAlone) {
  World world;
  const std::string list = "/api/users?sort_by=id&company_id=2";
  for (int i = 0; i < 3; ++i) {
    const Reply all = world.Get(list);
    const Reply own = world.Send({.target = list, .login = "helper@example.com:helper-key"});
    EXPECT_THAT(UserIds(all.Json().Find("users")), ElementsAre(5, 6, 11));
    EXPECT_THAT(UserIds(own.Json().Find("users")), ElementsAre(5));
    EXPECT_EQ(
        world.Send({.target = list, .headers = {{"If-None-Match", all.Header("ETag")}}}).status,
        304);
  }
}

}  // namespace
}  // namespace rosterd::cscart
