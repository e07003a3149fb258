#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// One worker lists, another one writes; a list and what it must count.
class CscartCounts : public ::testing::Test {
 protected:
  std::string Total(const std::string& query) {
    const Reply reply = api_.Get("/api/2.0/users?items_per_page=1&" + query);
    const fcgi::Value* params = reply.json.Find("params");
    const fcgi::Value* total = params == nullptr ? nullptr : params->Find("total_items");
    return total == nullptr || total->AsText() == nullptr ? reply.body : *total->AsText();
  }

  /// Compares each list with a count of the rows, and the tallies with theirs.
  void ExpectExact(const std::string& after) {
    const std::string count = "SELECT COUNT(*) FROM users u WHERE deleted_at IS NULL AND ";
    for (const auto& [query, condition] : lists_) {
      EXPECT_EQ(Total(query), api_.Ask(count + condition)) << query << " after " << after;
    }
    EXPECT_EQ(api_.WrongTallies(), 0U) << after;
  }

  void Write(const std::string& method, const std::string& path, const std::string& body = "") {
    const Reply reply = writer_->Send(api_.Root(), method, path, body);
    EXPECT_LT(reply.status, 300) << reply.body;
    ExpectExact(method + " " + path + " " + body);
  }
  void Put(const std::string& body) { Write("PUT", Api::User(user_), body); }

  int added_ = 0;
  Api api_;
  std::unique_ptr<Worker> writer_ = api_.NewWorker();
  std::string user_ =
      api_.Add(R"({"company_id":1,"user_type":"C","email":"c@b.example","b_city":"Boston"})");
  std::string group_ =
      api_.Post("/api/2.0/usergroups", R"({"type":"C","status":"A","usergroup":"Wholesale"})")
          .Number("usergroup_id");
  std::vector<std::pair<std::string, std::string>> lists_ = {
      {"", "1"},
      {"status=A", "cscart_status = 'A'"},
      {"status=D", "cscart_status = 'D'"},
      {"user_type=C", "cscart_user_type = 'C'"},
      {"user_types=A,V&status=A", "cscart_user_type IN ('A', 'V') AND cscart_status = 'A'"},
      {"company_id=1", "cscart_company_id = 1"},
      {"company_id=1&status=A", "cscart_company_id = 1 AND cscart_status = 'A'"},
      {"company_id=2&user_type=C", "cscart_company_id = 2 AND cscart_user_type = 'C'"},
      {"company_id=1&exclude_user_types=V", "cscart_company_id = 1 AND cscart_user_type <> 'V'"},
      {"city=Boston",
       "id IN (SELECT user_id FROM cscart_profiles WHERE 'Boston' IN (b_city, s_city))"},
      {"email=b.example", "email LIKE '%b.example%'"},
      {"usergroup_id=" + group_,
       "id IN (SELECT user_id FROM cscart_usergroup_links WHERE status = 'A')"},
  };
};

TEST_F(CscartCounts, AreExactAfterEveryKindOfWriteOfAnotherWorker) {
  ExpectExact("the first account");
  for (const char* company : {"1", "2", "2"}) {
    Write("POST", "/api/2.0/users",
          std::string(R"({"user_type":"C","b_city":"Boston","company_id":)") + company +
              R"(,"email":"x)" + std::to_string(++added_) + R"(@b.example"})");
  }
  Put(R"({"status":"D"})");
  Put(R"({"status":"A"})");
  Put(R"({"company_id":2})");
  Put(R"({"user_type":"V"})");
  Put(R"({"user_type":"C","company_id":1})");
  Put(R"({"b_city":"Salem"})");
  Put(R"({"b_city":"Boston"})");
  Put(R"({"email":"other@c.example"})");
  Write("PUT", Api::User(user_) + "/usergroups/" + group_, R"({"status":"A"})");
  Write("PUT", Api::User(user_) + "/usergroups/" + group_, R"({"status":"P"})");
  Write("PUT", Api::User(user_) + "/usergroups/" + group_, R"({"status":"A"})");
  Write("DELETE", "/api/2.0/usergroups/" + group_);
  Write("DELETE", Api::User(user_));
}

// The same list three times is an answer that the worker knows.
TEST_F(CscartCounts, ComeWithWhatAnotherWorkerHasWrittenSince) {
  const std::string list = "/api/2.0/users?extended=Y&user_ids=" + user_;
  const auto expect = [&](const std::string& text) {
    for (int i = 0; i < 3; ++i) EXPECT_THAT(api_.Get(list).body, HasSubstr(text));
  };
  expect(R"("last_login":"0")");
  Put(R"({"lastname":"Elsewhere"})");
  expect(R"("lastname":"Elsewhere")");
  Put(R"({"password":"Sign-in-77"})");
  const Reply token = writer_->Send(api_.Root(), "POST", "/api/2.0/auth_tokens",
                                    R"({"email":"c@b.example","password":"Sign-in-77"})");
  EXPECT_EQ(token.status, 201) << token.body;
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(api_.Get(list).body, Not(HasSubstr(R"("last_login":"0")")));
  }
}

TEST_F(CscartCounts, HoldForWhoSeesOneCompanyOrCustomersOnly) {
  const Login vendor = api_.AddCaller("v@b.example", "V", "1");
  api_.Add(R"({"company_id":1,"user_type":"C","email":"d@b.example"})");
  const Login admin = api_.AddCaller("a@b.example", "A", "0");
  api_.Restrict(api_.IdOf("a@b.example"), R"("view_users")");
  const auto total = [&](const Login& login, const std::string& query) {
    const Reply reply = api_.Send(login, "GET", "/api/2.0/users?items_per_page=1&" + query);
    return *reply.json.Find("params")->Find("total_items")->AsText();
  };
  EXPECT_EQ(total(admin, ""), "3");              // two customers and itself
  EXPECT_EQ(total(admin, "company_id=1"), "2");  // itself is of no company
  EXPECT_EQ(total(admin, "user_type=C"), "2");
  EXPECT_EQ(total(admin, "user_type=A"), "1");
  EXPECT_EQ(total(admin, "status=D"), "0");
  EXPECT_EQ(Total("company_id=1"), "3");
}

TEST_F(CscartCounts, AreCountedWhileTheTalliesAreStale) {
  api_.Execute("INSERT INTO tallies VALUES ('stale', '', 0, 1)");
  api_.Execute("UPDATE tallies SET amount = 77 WHERE tally = 'persons' AND cell = 'active'");
  EXPECT_EQ(Total(""), "2");
  EXPECT_EQ(Total("user_type=C"), "1");
  EXPECT_EQ(api_.WrongTallies(), 1U);
  EXPECT_EQ(Total(""), "2");
}

TEST_F(CscartCounts, ShowTheLastPageForOneBehindIt) {
  api_.Add(R"({"company_id":1,"user_type":"C","email":"d@b.example"})");
  const Reply reply = api_.Get("/api/2.0/users?items_per_page=2&page=9&sort_by=id");
  EXPECT_EQ(reply.json.Find("params")->Find("page")->AsNumber()->text, "2");
  EXPECT_EQ(*reply.json.Find("params")->Find("total_items")->AsText(), "3");
  const Reply deep = api_.Get("/api/2.0/users?items_per_page=2&page=9000&sort_by=id");
  EXPECT_EQ(deep.json.Find("params")->Find("page")->AsNumber()->text, "2");
}

}  // namespace
}  // namespace rosterd::testing
