#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

constexpr const char* kUsers = "/api/2.0/users";

TEST(CscartCreateUser, AnswersANumberAndATextInOneLine) {
  Api api;
  const Reply reply = api.Send(
      api.Root(), "POST", "/api/2.0/users",
      "email=lena%40shop.example&user_type=C&company_id=1&status=A&firstname=Lena&b_city=Tula",
      "text/plain");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.content_type, "application/json");
  EXPECT_EQ(reply.body, "{\"user_id\":" + reply.Number("user_id") + ",\"profile_id\":\"" +
                            reply.Text("profile_id") + "\"}");
  EXPECT_EQ(
      api.Ask("SELECT b_city FROM cscart_profiles WHERE main_of = " + reply.Number("user_id")),
      "Tula");
}

TEST(CscartCreateUser, NamesEverythingThatIsMissing) {
  Api api;
  const Reply reply = api.Post(kUsers, R"({"firstname":"Lena","email":""})");
  EXPECT_EQ(
      reply.body,
      R"({"message":"Bad Request: email is required. user_type is required. company_id is required",)"
      R"("messages":["email is required","user_type is required","company_id is required"],"status":400})");
}

TEST(CscartCreateUser, NeedsNoCompanyOutsideOfUltimate) {
  Api api([](config::Cscart& cscart) { cscart.edition = "multivendor"; });
  const std::string id = api.Add(R"({"email":"lena@shop.example","user_type":"C"})");
  EXPECT_EQ(api.Ask("SELECT cscart_company_id FROM users WHERE id = " + id), "0");
}

TEST(CscartCreateUser, RefusesABodyWithoutFields) {
  Api api;
  EXPECT_EQ(api.Post(kUsers, "{}").status, 400);
  EXPECT_EQ(api.Post(kUsers, "").status, 400);
}

TEST(CscartCreateUser, RefusesAnEmailThatIsTakenInOtherLetters) {
  Api api;
  api.Add(R"({"email":"lena@shop.example","user_type":"C","company_id":1})");
  const Reply reply =
      api.Post(kUsers, R"({"email":"LENA@Shop.example","user_type":"C","company_id":1})");
  EXPECT_EQ(
      reply.body,
      R"({"message":"Bad Request: user already exists","errors":["user already exists"],"status":400})");
}

TEST(CscartCreateUser, RefusesALoginThatIsTaken) {
  Api api;
  api.Add(R"({"email":"a@shop.example","user_type":"C","company_id":1,"user_login":"lena"})");
  EXPECT_EQ(
      api.Post(kUsers,
               R"({"email":"b@shop.example","user_type":"C","company_id":1,"user_login":"Lena"})")
          .status,
      400);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM users"), "2");
}

TEST(CscartCreateUser, RefusesWrongEmails) {
  Api api;
  for (const char* email :
       {"lena", "le na@shop.example", "lena@shop.example\\u0001", "lena\\tx@shop.example"}) {
    const Reply reply = api.Post(
        kUsers, std::string(R"({"user_type":"C","company_id":1,"email":")") + email + "\"}");
    EXPECT_EQ(reply.status, 400) << email;
  }
}

TEST(CscartCreateUser, LimitsTheEmailTo128Characters) {
  Api api;
  const std::string longest = std::string(115, 'a') + "@shop.example";
  EXPECT_EQ(
      api.Post(kUsers, R"({"user_type":"C","company_id":1,"email":")" + longest + "\"}").status,
      201);
  EXPECT_EQ(
      api.Post(kUsers, R"({"user_type":"C","company_id":1,"email":"b)" + longest + "\"}").status,
      400);
}

TEST(CscartCreateUser, KnowsFourTypes) {
  Api api;
  for (const char* type : {"A", "C", "V", "P"}) {
    const Reply reply = api.Post(kUsers, std::string(R"({"company_id":1,"email":")") + type +
                                             R"(@shop.example","user_type":")" + type + "\"}");
    EXPECT_EQ(reply.status, 201) << type;
  }
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"email":"x@shop.example","user_type":"X"})").status,
            400);
}

TEST(CscartCreateUser, WantsACompanyForACustomerButNotForAnAdministrator) {
  Api api;
  EXPECT_EQ(api.Post(kUsers, R"({"email":"c@shop.example","user_type":"C","company_id":0})").status,
            400);
  EXPECT_EQ(api.Post(kUsers, R"({"email":"a@shop.example","user_type":"A","company_id":0})").status,
            201);
  EXPECT_EQ(
      api.Post(kUsers, R"({"email":"d@shop.example","user_type":"C","company_id":"x"})").status,
      400);
  EXPECT_EQ(
      api.Post(kUsers, R"({"email":"e@shop.example","user_type":"C","company_id":77})").status,
      201);
}

TEST(CscartCreateUser, KeepsEachStatusAndDefaultsToActive) {
  Api api;
  for (const auto& [letter, stored] : std::vector<std::pair<std::string, std::string>>{
           {"A", "active"}, {"D", "disabled"}, {"H", "hidden"}, {"P", "pending"}}) {
    const std::string id = api.Add(R"({"company_id":1,"user_type":"C","email":")" + letter +
                                   R"(@shop.example","status":")" + letter + "\"}");
    EXPECT_EQ(api.Ask("SELECT status FROM users WHERE id = " + id), stored);
  }
  const std::string id = api.Add(R"({"company_id":1,"user_type":"C","email":"none@shop.example"})");
  EXPECT_EQ(api.Ask("SELECT status FROM users WHERE id = " + id), "active");
  EXPECT_EQ(
      api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"x@shop.example","status":"X"})")
          .status,
      400);
}

TEST(CscartCreateUser, MakesALoginOfTheId) {
  Api api;
  const std::string id = api.Add(R"({"company_id":1,"user_type":"C","email":"lena@shop.example"})");
  EXPECT_EQ(api.Ask("SELECT username FROM users WHERE id = " + id), "user_" + id);
}

TEST(CscartCreateUser, StoresTheOptionalFields) {
  Api api;
  const std::string id = api.Add(
      R"({"company_id":1,"user_type":"C","email":"l@shop.example","firstname":"Lena","lastname":"Орлова",)"
      R"("company":"Petr & Co","phone":"+7 1","url":"http://l","fax":"2","lang_code":"ru","tax_exempt":"Y",)"
      R"("birthday":-86400,"referer":"ad"})");
  EXPECT_EQ(
      api.Ask("SELECT CONCAT_WS('|', first_name, last_name, company, phone, cscart_url, cscart_fax,"
              " cscart_lang_code, cscart_tax_exempt, cscart_birthday, cscart_referer) FROM users "
              "WHERE id = " +
              id),
      "Lena|Орлова|Petr & Co|+7 1|http://l|2|ru|Y|-86400|ad");
}

TEST(CscartCreateUser, RefusesControlCharactersAndLists) {
  Api api;
  EXPECT_EQ(
      api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"a@b","firstname":"a\u0007"})")
          .status,
      400);
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"a@b","firstname":["a"]})")
                .status,
            400);
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":["a@b"]})").status, 400);
}

TEST(CscartCreateUser, TakesTheTimestampAsSeconds) {
  Api api;
  const std::string id =
      api.Add(R"({"company_id":1,"user_type":"C","email":"a@b","timestamp":"1700000000"})");
  EXPECT_EQ(api.Ask("SELECT created_at FROM users WHERE id = " + id), "2023-11-14 22:13:20.000000");
  const std::string now =
      api.Add(R"({"company_id":1,"user_type":"C","email":"c@b","timestamp":"soon"})");
  EXPECT_EQ(
      api.Ask("SELECT created_at > UTC_TIMESTAMP() - INTERVAL 1 HOUR FROM users WHERE id = " + now),
      "1");
}

TEST(CscartCreateUser, CopiesBillingToShippingWhenNoneWasSent) {
  Api api;
  const std::string id = api.Add(
      R"({"company_id":1,"user_type":"C","email":"a@b","b_city":"Tula","b_zipcode":300000})");
  EXPECT_EQ(api.Ask("SELECT CONCAT_WS('|', name, type, s_city, s_zipcode) FROM cscart_profiles "
                    "WHERE user_id = " +
                    id),
            "Main|P|Tula|300000");
  const std::string other = api.Add(
      R"({"company_id":1,"user_type":"C","email":"c@b","b_city":"Tula","s_address":"Lenina 1"})");
  EXPECT_EQ(
      api.Ask(
          "SELECT CONCAT_WS('|', b_city, s_city, s_address) FROM cscart_profiles WHERE user_id = " +
          other),
      "Tula||Lenina 1");
}

TEST(CscartCreateUser, TakesNamesFromBillingThenShipping) {
  Api api;
  const std::string id = api.Add(
      R"({"company_id":1,"user_type":"C","email":"a@b","b_firstname":"Bill","s_lastname":"Ship","phone":"9",)"
      R"("b_phone":"8"})");
  EXPECT_EQ(
      api.Ask("SELECT CONCAT_WS('|', first_name, last_name, phone) FROM users WHERE id = " + id),
      "Bill|Ship|9");
}

TEST(CscartCreateUser, StoresCustomFields) {
  Api api;
  const Reply reply = api.Send(api.Root(), "POST", kUsers,
                               "email=a@b&user_type=C&company_id=1&fields[36]=blue&fields[size]=42",
                               "application/x-www-form-urlencoded");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(
      api.Ask("SELECT GROUP_CONCAT(field, '=', value ORDER BY field) FROM cscart_profile_fields"
              " WHERE profile_id = " +
              reply.Text("profile_id")),
      "36=blue,size=42");
}

TEST(CscartCreateUser, IgnoresWhatItDoesNotSet) {
  Api api;
  const std::string id = api.Add(
      R"({"company_id":1,"user_type":"C","email":"a@b","user_id":7,"is_root":"Y","last_login":"1","points":"5",)"
      R"("company_name":"x","usergroup_ids":[1],"colour":{"a":1}})");
  EXPECT_NE(id, "7");
  EXPECT_EQ(
      api.Ask(
          "SELECT CONCAT_WS('|', cscart_is_root, cscart_points, last_login_at IS NULL) FROM users"
          " WHERE id = " +
          id),
      "0|0|1");
}

TEST(CscartCreateUser, MakesTheFirstAccountOfACompanyItsRoot) {
  Api api;
  const std::string customer = api.Add(R"({"company_id":2,"user_type":"C","email":"c@b"})");
  const std::string first = api.Add(R"({"company_id":2,"user_type":"A","email":"a@b"})");
  const std::string second = api.Add(R"({"company_id":2,"user_type":"A","email":"s@b"})");
  EXPECT_EQ(
      api.Ask(
          "SELECT GROUP_CONCAT(id) FROM users WHERE cscart_is_root = 1 AND cscart_company_id = 2"),
      first);
}

TEST(CscartCreateUser, StoresNothingWhenRefused) {
  Api api;
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"a@b","b_country":"RUS"})")
                .status,
            400);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM users"), "1");
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM cscart_profiles"), "0");
}

TEST(CscartCreateUser, SetsAnApiKeyForARootAdministratorOnly) {
  Api api;
  const Login plain = api.AddCaller("admin@b", "A", "0");
  const Reply reply =
      api.Send(plain, "POST", kUsers,
               R"({"company_id":1,"user_type":"C","email":"c@b","raw_api_key":"short"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM credentials WHERE user_id = " + reply.Number("user_id")),
            "0");
  EXPECT_EQ(
      api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"d@b","raw_api_key":"short"})")
          .status,
      400);
  EXPECT_EQ(api.Send(plain, "GET", "/api/2.0/version").status, 200);
}

TEST(CscartCreateUser, LetsOneOfTwentyEqualEmailsIn) {
  Api api;
  std::vector<int> statuses(20);
  {
    std::vector<std::unique_ptr<Worker>> workers;
    workers.reserve(statuses.size());
    for (size_t i = 0; i < statuses.size(); ++i) workers.push_back(api.NewWorker());
    std::vector<std::jthread> threads;
    threads.reserve(statuses.size());
    for (size_t i = 0; i < statuses.size(); ++i) {
      threads.emplace_back([&, i] {
        statuses[i] = workers[i]
                          ->Send(api.Root(), "POST", kUsers,
                                 R"({"company_id":2,"user_type":"A","email":"same@shop.example"})")
                          .status;
      });
    }
  }
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 400), 19);
}

TEST(CscartCreateUser, MakesOneRootWhenManyFirstAccountsComeAtOnce) {
  Api api;
  std::vector<int> statuses(8);
  {
    std::vector<std::unique_ptr<Worker>> workers;
    workers.reserve(statuses.size());
    for (size_t i = 0; i < statuses.size(); ++i) workers.push_back(api.NewWorker());
    std::vector<std::jthread> threads;
    threads.reserve(statuses.size());
    for (size_t i = 0; i < statuses.size(); ++i) {
      threads.emplace_back([&, i] {
        statuses[i] = workers[i]
                          ->Send(api.Root(), "POST", kUsers,
                                 R"({"company_id":2,"user_type":"A","email":"a)" +
                                     std::to_string(i) + "@b\"}")
                          .status;
      });
    }
  }
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201), 8);
  EXPECT_EQ(
      api.Ask("SELECT COUNT(*) FROM users WHERE cscart_is_root = 1 AND cscart_company_id = 2"),
      "1");
}

TEST(CscartCreateUser, ComparesEmailsPerStoreWhenUsersAreNotShared) {
  Api api([](config::Cscart& cscart) { cscart.share_users = false; });
  api.Add(R"({"company_id":1,"user_type":"C","email":"a@b"})");
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"user_type":"C","email":"A@b"})").status, 400);
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":2,"user_type":"C","email":"a@b"})").status, 201);
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":2,"user_type":"A","email":"a@b"})").status, 201);
  EXPECT_EQ(api.Post(kUsers, R"({"company_id":1,"user_type":"A","email":"a@b"})").status, 400);
}

}  // namespace
}  // namespace rosterd::testing
