// Contract 10: pages, sorting and "params" of GET /users.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

using Ids = std::vector<std::string>;

// Twelve customers whose e-mail addresses hold one word; "f00" to "f11" by first name.
class CscartPages : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!ids_.empty()) return;
    for (int i = 0; i < 12; ++i) {
      const std::string name = std::string(i < 10 ? "f0" : "f1") + std::to_string(i % 10);
      ids_.push_back(Root().AddUser(R"({"user_type":"C","company_id":1,"firstname":")" + name +
                                    R"(","email":")" + name + "@" + Word() + R"(.example"})"));
    }
  }

  static const std::string& Word() {
    static const std::string word = NewWord();
    return word;
  }
  static std::string Query(const std::string& rest) {
    return "email=" + Word() + ".example" + rest;
  }
  static Json Answer(const std::string& rest) {
    return ParseJson(Root().Get("users?" + Query(rest)).body);
  }
  static Ids Page(std::size_t from, std::size_t to) {
    return {ids_.begin() + static_cast<long>(from), ids_.begin() + static_cast<long>(to)};
  }

  static Ids ids_;
};

Ids CscartPages::ids_;

TEST_F(CscartPages, AreTenLongByDefault) {
  EXPECT_EQ(Root().List(Query("")), Page(0, 10));
  EXPECT_EQ(Root().List(Query("&page=2")), Page(10, 12));
}

TEST_F(CscartPages, TakeTheirNumber) {
  EXPECT_EQ(Root().List(Query("&items_per_page=5")), Page(0, 5));
  EXPECT_EQ(Root().List(Query("&items_per_page=5&page=2")), Page(5, 10));
  EXPECT_EQ(Root().List(Query("&items_per_page=5&page=3")), Page(10, 12));
  EXPECT_EQ(Root().List(Query("&items_per_page=6&page=2")), Page(6, 12));
}

TEST_F(CscartPages, BelowTheFirstAreTheFirst) {
  for (const char* page : {"0", "-1", "abc", "", "1x"}) {
    const Json answer = Answer(std::string("&items_per_page=5&page=") + page);
    EXPECT_EQ(answer["users"][0]["user_id"].text, ids_[0]) << page;
    EXPECT_EQ(answer["params"]["page"].text, "1") << page;
    EXPECT_TRUE(answer["params"]["page"].IsNumber()) << page;
  }
}

TEST_F(CscartPages, BeyondTheLastAreTheLast) {
  for (const char* page : {"4", "99999", "99999999999999999999"}) {
    const Json answer = Answer(std::string("&items_per_page=5&page=") + page);
    EXPECT_EQ(answer["users"][0]["user_id"].text, ids_[10]) << page;
    EXPECT_EQ(answer["params"]["page"].text, "3") << page;
  }
}

TEST_F(CscartPages, WithoutRowsStayAsAsked) {
  const Json answer = ParseJson(Root().Get("users?page=7&email=" + NewWord()).body);

  EXPECT_EQ(answer["users"].Canonical(), "[]");
  EXPECT_EQ(answer["params"]["page"].text, "7");
  EXPECT_EQ(answer["params"]["total_items"].Canonical(), "\"0\"");
}

TEST_F(CscartPages, AreOneWhenItsLengthIsZero) {
  const Json answer = Answer("&items_per_page=0");

  EXPECT_EQ(answer["users"].items.size(), 12U);
  EXPECT_EQ(answer["params"]["items_per_page"].Canonical(), "0");
  EXPECT_TRUE(answer["params"]["total_items"].IsMissing());
}

TEST_F(CscartPages, HaveTheDefaultLengthForNonsense) {
  for (const char* length : {"-1", "abc", "", "5x"}) {
    const Json answer = Answer(std::string("&items_per_page=") + length);
    EXPECT_EQ(answer["users"].items.size(), 10U) << length;
    EXPECT_EQ(answer["params"]["items_per_page"].Canonical(), "10") << length;
  }
}

TEST_F(CscartPages, HaveNoLongestLength) {
  const Json answer = Answer("&items_per_page=100000");

  EXPECT_EQ(answer["users"].items.size(), 12U);
  EXPECT_EQ(answer["params"]["items_per_page"].Canonical(), "100000");
}

TEST_F(CscartPages, EchoTheParametersAsReceived) {
  const Json params = Answer(
      "&items_per_page=2&user_type=C&user_types[]=C&user_types[]=V&page=1&p_ids[3]=x&nonsense=1")
      ["params"];

  EXPECT_EQ(params["email"].Canonical(), "\"" + Word() + ".example\"");
  EXPECT_EQ(params["user_type"].Canonical(), "\"C\"");
  EXPECT_EQ(params["user_types"].Canonical(), R"(["C","V"])");
  EXPECT_EQ(params["nonsense"].Canonical(), "\"1\"");
  EXPECT_FALSE(params["p_ids"].IsMissing());
  EXPECT_EQ(params["page"].Canonical(), "1");
  EXPECT_EQ(params["items_per_page"].Canonical(), "2");
  EXPECT_EQ(params["sort_by"].Canonical(), "\"name\"");
  EXPECT_EQ(params["sort_order"].Canonical(), "\"asc\"");
  EXPECT_EQ(params["sort_order_rev"].Canonical(), "\"desc\"");
  EXPECT_EQ(params["total_items"].Canonical(), "\"12\"");
}

TEST_F(CscartPages, WriteNothingElseIntoTheParams) {
  EXPECT_EQ(Answer("")["params"].Canonical(),
            R"({"email":")" + Word() +
                R"(.example","page":1,"items_per_page":10,"sort_by":"name","sort_order":"asc",)"
                R"("sort_order_rev":"desc","total_items":"12"})");
}

TEST_F(CscartPages, EchoWhatWasMadeOfTheOrder) {
  const Json params = Answer("&sort_by=nonsense&sort_order=DOWN")["params"];
  EXPECT_EQ(params["sort_by"].text, "name");
  EXPECT_EQ(params["sort_order"].text, "asc");
  EXPECT_EQ(params["sort_order_rev"].text, "desc");

  const Json other = Answer("&sort_by=email&sort_order=desc")["params"];
  EXPECT_EQ(other["sort_by"].text, "email");
  EXPECT_EQ(other["sort_order"].text, "desc");
  EXPECT_EQ(other["sort_order_rev"].text, "asc");
}

TEST_F(CscartPages, AreObjectsEvenWithoutAnything) {
  EXPECT_EQ(ParseJson(Root().Get("users?email=" + NewWord()).body).Names(),
            (std::vector<std::string>{"users", "params"}));
}

// Five accounts, each sort key orders them differently; two of them are equal in everything.
class CscartSorting : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!labels_.empty()) return;
    const std::string store =
        DefaultStack().RosterctlMember({"company", "add", "--name", "Aaa store"}, "id");
    Add("a", R"("user_type":"C","company_id":1,"firstname":"Nina","lastname":"Zed",)"
             R"("user_login":"c@","timestamp":300,"status":"H","phone":"3")");
    Add("b", R"("user_type":"V","company_id":)" + store +
                 R"(,"firstname":"Nina","lastname":"Abt","user_login":"a@","timestamp":100,)"
                 R"("status":"A","phone":"1")");
    Add("c", R"("user_type":"A","company_id":0,"firstname":"Abel","lastname":"Mut",)"
             R"("user_login":"d@","timestamp":200,"status":"D","phone":"2")");
    Add("d",
        R"("user_type":"P","company_id":7878,"firstname":"zoe","lastname":"","user_login":"b@",)"
        R"("timestamp":200,"status":"D","phone":"2")");
  }

  static void Add(const std::string& label, std::string members) {
    members.replace(members.find('@'), 1, Word());
    labels_ += label;
    // The addresses are in another order than the ids.
    const std::string email = std::string(1, static_cast<char>('z' - label[0] + 'a'));
    ids_.push_back(
        Root().AddUser(R"({"email":")" + email + "@" + Word() + R"(.example",)" + members + "}"));
  }

  static std::string Order(const std::string& query) {
    std::string order;
    for (const std::string& id : Root().List("email=" + Word() + ".example&" + query)) {
      const auto place = std::find(ids_.begin(), ids_.end(), id) - ids_.begin();
      order += labels_.at(static_cast<std::size_t>(place));
    }
    return order;
  }

  static const std::string& Word() {
    static const std::string word = NewWord();
    return word;
  }

  static Ids ids_;
  static std::string labels_;
};

Ids CscartSorting::ids_;
std::string CscartSorting::labels_;

TEST_F(CscartSorting, FollowsEachKeyBothWays) {
  struct Case {
    std::string key, ascending, descending;
  };
  for (const Case& row : std::vector<Case>{{"id", "abcd", "dcba"},
                                           {"username", "bdac", "cadb"},
                                           {"email", "dcba", "abcd"},
                                           {"name", "cbad", "dabc"},
                                           {"date", "bcda", "acdb"},
                                           {"type", "cadb", "bdac"},
                                           {"status", "bcda", "acdb"},
                                           {"phone", "bcda", "acdb"},
                                           {"last_login", "abcd", "abcd"},
                                           {"nonsense", "cbad", "dabc"},
                                           {"user_login", "cbad", "dabc"}}) {
    EXPECT_EQ(Order("sort_by=" + row.key), row.ascending) << row.key;
    EXPECT_EQ(Order("sort_order=asc&sort_by=" + row.key), row.ascending) << row.key;
    EXPECT_EQ(Order("sort_order=desc&sort_by=" + row.key), row.descending) << row.key;
  }
}

TEST_F(CscartSorting, OfCompaniesFollowsTheirNames) {
  // c and d have no company of a name.
  EXPECT_EQ(Order("sort_by=company"), "cdba");
  EXPECT_EQ(Order("sort_by=company&sort_order=desc"), "abcd");
}

TEST_F(CscartSorting, IsByNameByDefault) {
  EXPECT_EQ(Order(""), "cbad");
  EXPECT_EQ(Order("sort_order=sideways"), "cbad");
}

TEST_F(CscartSorting, GoesOnOverPages) {
  EXPECT_EQ(Order("sort_by=date&items_per_page=2"), "bc");
  EXPECT_EQ(Order("sort_by=date&items_per_page=2&page=2"), "da");
}

TEST_F(CscartSorting, OfTheFirstVersionIsTheSame) {
  const HttpResponse response =
      Root().Get("/api/1.0/users?sort_by=id&sort_order=desc&email=" + Word() + ".example");

  EXPECT_EQ(ListedIds(response), Ids(ids_.rbegin(), ids_.rend()));
}

}  // namespace
}  // namespace rosterd::testing
