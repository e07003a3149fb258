// Contract 22: what is only there when it is asked for.

#include <gtest/gtest.h>

#include <chrono>

#include "tests/e2e/cscart/api.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::testing {
namespace {

using Names = std::vector<std::string>;

const Names kTwelve = {"user_id",   "user_login", "is_root",    "timestamp",
                       "user_type", "status",     "firstname",  "lastname",
                       "email",     "company",    "company_id", "company_name"};

Names With(const Names& more) {
  Names names = kTwelve;
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

std::string NewCustomer(const std::string& more = R"("company":"")") {
  return Root().AddUser("{" + Customer(NewEmail()) + "," + more + "}");
}

TEST(CscartExtended, AppendsThreeMembers) {
  const std::string id = NewCustomer(R"("phone":"+7 1")");

  const Json one = ParseJson(Root().Get("users/" + id + "?extended=Y").body);
  EXPECT_EQ(one.Names(), With({"phone", "last_login", "points"}));
  EXPECT_EQ(one["phone"].text, "+7 1");
  EXPECT_EQ(one["last_login"].Canonical(), "\"0\"");
  EXPECT_EQ(one["points"].Canonical(), "\"0\"");
  const Json list = ParseJson(Root().Get("users?extended=Y&user_ids=" + id).body);
  EXPECT_EQ(list["users"][0].Canonical(), one.Canonical());
}

TEST(CscartExtended, ChangesNothingUnlessAsked) {
  const std::string id = NewCustomer();

  for (const char* query : {"", "?extended=N", "?extended=", "?full=N", "?full="}) {
    EXPECT_EQ(ParseJson(Root().Get("users/" + id + query).body).Names(), kTwelve) << query;
  }
  EXPECT_EQ(ParseJson(Root().Get("users?full=Y&user_ids=" + id).body)["users"][0].Names(), kTwelve);
}

TEST(CscartFull, ShowsTheRest) {
  const std::string id =
      NewCustomer(R"("url":"http://a.b","fax":"1","lang_code":"ru","tax_exempt":"Y","birthday":-1,)"
                  R"("b_city":"Tula","s_city":"Orel","fields":{"5":"x"})");
  const std::string group = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"full"})");
  Root().PutForm("users/" + id + "/usergroups/" + group, "status=A");

  const Json user = ParseJson(Root().Get("users/" + id + "?full=Y").body);

  const Names names = user.Names();
  EXPECT_EQ(Names(names.begin(), names.begin() + 12), kTwelve);
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"url", "http://a.b"},
                                                        {"fax", "1"},
                                                        {"lang_code", "ru"},
                                                        {"tax_exempt", "Y"},
                                                        {"birthday", "-1"},
                                                        {"b_city", "Tula"},
                                                        {"s_city", "Orel"}}) {
    EXPECT_EQ(user[name].Canonical(), "\"" + value + "\"") << name;
  }
  EXPECT_TRUE(user["last_activity"].IsString());
  EXPECT_EQ(user["usergroups"][group]["status"].text, "A");
  EXPECT_EQ(user["usergroups"][group]["type"].text, "C");
  EXPECT_EQ(user["fields"].Canonical(), R"({"5":"x"})");
  for (const auto& [name, value] : user["profiles"][0].members) {
    EXPECT_TRUE(value.IsString()) << name;
  }
}

TEST(CscartFull, ShowsEveryColumnOfAProfile) {
  const Json profile =
      ParseJson(Root().Get("users/" + NewCustomer() + "?full=Y").body)["profiles"][0];

  for (const char* name :
       {"profile_id", "user_id",   "profile_type", "profile_name", "b_firstname",
        "b_lastname", "b_address", "b_address_2",  "b_city",       "b_county",
        "b_state",    "b_country", "b_zipcode",    "b_phone",      "s_firstname",
        "s_lastname", "s_address", "s_address_2",  "s_city",       "s_county",
        "s_state",    "s_country", "s_zipcode",    "s_phone",      "s_address_type"}) {
    EXPECT_TRUE(profile[name].IsString()) << name;
  }
}

TEST(CscartFull, HasEmptyObjectsWhereThereIsNothing) {
  const Json user = ParseJson(Root().Get("users/" + NewCustomer() + "?full=Y").body);

  EXPECT_EQ(user["usergroups"].Canonical(), "{}");
  EXPECT_EQ(user["fields"].Canonical(), "{}");
  EXPECT_EQ(user["profiles"].items.size(), 1U);
}

TEST(CscartChanged, ListsAWindow) {
  const std::string word = NewWord();
  const std::string id = Root().AddUser("{" + Customer(NewEmail(word)) + "}");
  const auto listed = [&](const std::string& query) {
    return Root().List("email=" + word + query);
  };

  EXPECT_EQ(listed("&updated_from=1"), Names{id});
  EXPECT_EQ(listed("&updated_from=4000000000"), Names{});
  EXPECT_EQ(listed("&updated_from=4000000000000"), Names{});
  EXPECT_EQ(listed("&updated_from=99999999999999999999"), Names{});
  EXPECT_EQ(listed("&updated_to=1"), Names{});
  EXPECT_EQ(listed("&updated_to=4000000000"), Names{id});
  EXPECT_EQ(listed("&updated_from=1&updated_to=4000000000"), Names{id});
}

/// Waits until changes bear another second than those before: lists are in order of whole seconds.
void AwaitNextSecond() {
  // Not time(), which may be some milliseconds behind the clock that the workers read.
  const auto second = [] {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  };
  const auto now = second();
  ASSERT_TRUE(fcgi::testing::Eventually([&] { return second() != now; }));
}

TEST(CscartChanged, SortsByTheLastChange) {
  const std::string word = NewWord();
  const std::string a = Root().AddUser("{" + Customer(NewEmail(word)) + "}");
  const std::string b = Root().AddUser("{" + Customer(NewEmail(word)) + "}");
  const std::string c = Root().AddUser("{" + Customer(NewEmail(word)) + "}");
  const std::string query = "sort_by=updated&email=" + word;
  EXPECT_EQ(Root().List(query), (Names{a, b, c}));

  AwaitNextSecond();
  Root().PutForm("users/" + a, "b_city=Tula");
  EXPECT_EQ(Root().List(query), (Names{b, c, a}));
  const std::string group = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"changed"})");
  AwaitNextSecond();
  Root().PutForm("users/" + b + "/usergroups/" + group, "status=A");
  EXPECT_EQ(Root().List(query + "&sort_order=desc"), (Names{b, a, c}));
}

TEST(CscartEtag, AnswersWith304WhileNothingChanged) {
  const std::string id = NewCustomer();
  for (const std::string& path : {"users/" + id, "users?user_ids=" + id}) {
    const std::string etag = Root().Get(path).Header("ETag");
    ASSERT_NE(etag, "") << path;
    const HttpResponse same = Root().Get(path, {"If-None-Match: " + etag});
    EXPECT_EQ(same.status, 304) << path;
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.Header("ETag"), etag);
    EXPECT_EQ(Root().Get(path, {"If-None-Match: \"other\""}).status, 200);

    Root().PutForm("users/" + id, "company=changed-" + NewWord());

    const HttpResponse changed = Root().Get(path, {"If-None-Match: " + etag});
    EXPECT_EQ(changed.status, 200) << path;
    EXPECT_NE(changed.Header("ETag"), etag) << path;
  }
}

TEST(CscartPatch, IsNotThereByDefault) {
  const HttpResponse response = Send(
      Root().Request("PATCH", "users/" + NewCustomer(), "application/json", R"({"company":"x"})"));

  EXPECT_TRUE(IsError(response, 405));
}

}  // namespace
}  // namespace rosterd::testing
