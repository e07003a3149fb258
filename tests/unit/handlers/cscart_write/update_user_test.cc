#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

constexpr const char* kLena =
    R"({"company_id":1,"user_type":"C","email":"lena@shop.example","firstname":"Lena","b_city":"Tula"})";

std::string MainProfile(Api& api, const std::string& user) {
  return api.Ask("SELECT id FROM cscart_profiles WHERE main_of = " + user);
}

TEST(CscartUpdateUser, AnswersFalseWithoutProfileData) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), R"({"status":"D"})").body,
            R"({"user_id":")" + id + R"(","profile_id":false})");
  EXPECT_EQ(api.Ask("SELECT status FROM users WHERE id = " + id), "disabled");
}

TEST(CscartUpdateUser, AnswersTheProfileThatItWrote) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), R"({"s_city":"Orel"})").body,
            R"({"user_id":")" + id + R"(","profile_id":")" + MainProfile(api, id) + "\"}");
  EXPECT_EQ(
      api.Ask("SELECT CONCAT_WS('|', b_city, s_city) FROM cscart_profiles WHERE user_id = " + id),
      "Tula|Orel");
}

TEST(CscartUpdateUser, TouchesNothingThatWasNotSent) {
  Api api;
  const std::string id = api.Add(kLena);
  api.Put(Api::User(id), R"({"s_city":"Orel"})");
  ASSERT_EQ(api.Put(Api::User(id), R"({"b_city":"Kursk"})").status, 200);
  EXPECT_EQ(
      api.Ask("SELECT CONCAT_WS('|', b_city, s_city) FROM cscart_profiles WHERE user_id = " + id),
      "Kursk|Orel");
  EXPECT_EQ(
      api.Ask("SELECT CONCAT_WS('|', first_name, email, cscart_company_id) FROM users WHERE id = " +
              id),
      "Lena|lena@shop.example|1");
}

TEST(CscartUpdateUser, ClearsWithAnEmptyText) {
  Api api;
  const std::string id = api.Add(kLena);
  ASSERT_EQ(api.Put(Api::User(id), R"({"firstname":"","b_city":null})").status, 200);
  EXPECT_EQ(api.Ask("SELECT first_name FROM users WHERE id = " + id), "");
  EXPECT_EQ(api.Ask("SELECT b_city FROM cscart_profiles WHERE user_id = " + id), "");
}

TEST(CscartUpdateUser, AcceptsFieldsThatItDoesNotKnow) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), R"({"colour":"red"})").body,
            R"({"user_id":")" + id + R"(","profile_id":false})");
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM audit WHERE action = 'user.update'"), "0");
}

TEST(CscartUpdateUser, RefusesABodyWithoutFields) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), "{}").status, 400);
  EXPECT_EQ(api.Put(Api::User(id), "").status, 400);
}

TEST(CscartUpdateUser, RefusesAnEmptyEmailAndOneThatIsTaken) {
  Api api;
  const std::string id = api.Add(kLena);
  api.Add(R"({"company_id":1,"user_type":"C","email":"mira@shop.example","user_login":"mira"})");
  EXPECT_EQ(api.Put(Api::User(id), R"({"email":""})").status, 400);
  EXPECT_EQ(
      api.Put(Api::User(id), R"({"email":"Mira@shop.example"})").body,
      R"({"message":"Bad Request: user already exists","errors":["user already exists"],"status":400})");
  EXPECT_EQ(api.Put(Api::User(id), R"({"user_login":"MIRA"})").status, 400);
  EXPECT_EQ(api.Put(Api::User(id), R"({"email":"LENA@shop.example","user_login":"lena"})").status,
            200);
}

TEST(CscartUpdateUser, KeepsTheEmailWhenTheLoginChanges) {
  Api api;
  const std::string id = api.Add(kLena);
  ASSERT_EQ(api.Put(Api::User(id), R"({"user_login":"len"})").status, 200);
  EXPECT_EQ(api.Ask("SELECT CONCAT_WS('|', username, email) FROM users WHERE id = " + id),
            "len|lena@shop.example");
  ASSERT_EQ(api.Put(Api::User(id), R"({"user_login":""})").status, 200);
  EXPECT_EQ(api.Ask("SELECT username FROM users WHERE id = " + id), "user_" + id);
}

TEST(CscartUpdateUser, AnswersAMissingUserAsTheSettingSays) {
  Api api;
  EXPECT_EQ(api.Put(Api::User("999999999"), R"({"status":"D"})").body,
            R"({"message":"Not Found","status":404})");
  Api strict([](config::Cscart& cscart) { cscart.missing_user_status = 400; });
  EXPECT_EQ(strict.Put(Api::User("999999999"), R"({"status":"D"})").status, 400);
}

TEST(CscartUpdateUser, RefusesToDisableTheCaller) {
  Api api;
  EXPECT_EQ(api.Put(Api::User(api.RootId()), R"({"status":"D"})").status, 400);
  EXPECT_EQ(api.Put(Api::User(api.RootId()), R"({"status":"A","firstname":"Ann"})").status, 200);
}

TEST(CscartUpdateUser, RefusesARootAdministratorToAnybodyElse) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  EXPECT_EQ(api.Send(admin, "PUT", Api::User(api.RootId()), R"({"firstname":"x"})").status, 400);
  EXPECT_EQ(api.Ask("SELECT first_name FROM users WHERE id = " + api.RootId()), "");
}

TEST(CscartUpdateUser, LetsAnAdministratorChangeAnother) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  const std::string other = api.Add(R"({"company_id":0,"user_type":"A","email":"other@b"})");
  EXPECT_EQ(api.Send(admin, "PUT", Api::User(other), R"({"status":"D"})").status, 200);
}

TEST(CscartUpdateUser, WantsACompanyForACustomer) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), R"({"company_id":"0"})").status, 400);
  EXPECT_EQ(api.Put(Api::User(id), R"({"company_id":""})").status, 400);
  EXPECT_EQ(api.Put(Api::User(id), R"({"company_id":"2"})").status, 200);
}

TEST(CscartUpdateUser, LetsOnlyTheRootAdministratorTakeALimitAway) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  const std::string seller = api.Add(R"({"company_id":1,"user_type":"A","email":"seller@b"})");
  EXPECT_EQ(api.Send(admin, "PUT", Api::User(seller), R"({"company_id":0})").status, 400);
  EXPECT_EQ(api.Put(Api::User(seller), R"({"company_id":0})").status, 200);
}

TEST(CscartUpdateUser, RemovesActiveLinksToGroupsOfTheOtherKind) {
  Api api;
  const std::string id = api.Add(kLena);
  const std::string active =
      api.Post("/api/2.0/usergroups", R"({"type":"C","status":"A"})").Number("usergroup_id");
  const std::string pending =
      api.Post("/api/2.0/usergroups", R"({"type":"C","status":"A"})").Number("usergroup_id");
  api.Put(Api::User(id) + "/usergroups/" + active, R"({"status":"A"})");
  api.Put(Api::User(id) + "/usergroups/" + pending, R"({"status":"P"})");
  ASSERT_EQ(api.Put(Api::User(id), R"({"user_type":"P"})").status, 200);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM cscart_usergroup_links"), "2");
  ASSERT_EQ(api.Put(Api::User(id), R"({"user_type":"A"})").status, 200);
  EXPECT_EQ(api.Ask("SELECT GROUP_CONCAT(usergroup_id) FROM cscart_usergroup_links"), pending);
}

TEST(CscartUpdateUser, DecidesRootAgainOnlyWhenTypeOrCompanyChanges) {
  Api api;
  const std::string root = api.Add(R"({"company_id":1,"user_type":"A","email":"first@b"})");
  const std::string second = api.Add(R"({"company_id":1,"user_type":"A","email":"second@b"})");
  const auto is_root = [&](const std::string& id) {
    return api.Ask("SELECT cscart_is_root FROM users WHERE id = " + id);
  };
  api.Put(Api::User(second), R"({"user_type":"A","company_id":1,"firstname":"x"})");
  EXPECT_EQ(is_root(root) + is_root(second), "10");
  api.Put(Api::User(second), R"({"company_id":2})");
  EXPECT_EQ(is_root(root) + is_root(second), "11");
  api.Put(Api::User(root), R"({"user_type":"C"})");
  EXPECT_EQ(is_root(root) + is_root(second), "01");
}

TEST(CscartUpdateUser, WritesTheProfileThatProfileIdNames) {
  Api api;
  const std::string id = api.Add(kLena);
  const Reply added =
      api.Put(Api::User(id), R"({"profile_id":"","profile_name":"Work","b_city":"Orel"})");
  const std::string second = added.Text("profile_id");
  EXPECT_NE(second, MainProfile(api, id));
  EXPECT_EQ(api.Put(Api::User(id), R"({"profile_id":")" + second + R"(","b_state":"ORL"})")
                .Text("profile_id"),
            second);
  EXPECT_EQ(
      api.Ask(
          "SELECT CONCAT_WS('|', type, name, b_city, b_state) FROM cscart_profiles WHERE id = " +
          second),
      "S|Work|Orel|ORL");
  EXPECT_EQ(api.Ask("SELECT b_city FROM cscart_profiles WHERE main_of = " + id), "Tula");
}

TEST(CscartUpdateUser, AddsASecondaryProfileForZeroToo) {
  Api api;
  const std::string id = api.Add(kLena);
  EXPECT_EQ(api.Put(Api::User(id), R"({"profile_id":0})").status, 200);
  EXPECT_EQ(
      api.Ask("SELECT GROUP_CONCAT(type ORDER BY id) FROM cscart_profiles WHERE user_id = " + id),
      "P,S");
}

TEST(CscartUpdateUser, RefusesAForeignProfile) {
  Api api;
  const std::string id = api.Add(kLena);
  const std::string other = api.Add(R"({"company_id":1,"user_type":"C","email":"o@b"})");
  const std::string foreign = MainProfile(api, other);
  EXPECT_EQ(
      api.Put(Api::User(id), R"({"firstname":"x","profile_id":")" + foreign + R"(","b_city":"x"})")
          .status,
      400);
  EXPECT_EQ(api.Put(Api::User(id), R"({"profile_id":"abc"})").status, 400);
  EXPECT_EQ(api.Ask("SELECT first_name FROM users WHERE id = " + id), "Lena");
}

TEST(CscartUpdateUser, MakesAMainProfileWhereThereIsNone) {
  Api api;
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM cscart_profiles"), "0");
  const Reply reply = api.Put(Api::User(api.RootId()), R"({"b_city":"Tula"})");
  EXPECT_EQ(reply.Text("profile_id"), MainProfile(api, api.RootId()));
}

TEST(CscartUpdateUser, MergesCustomFields) {
  Api api;
  const std::string id = api.Add(kLena);
  api.Put(Api::User(id), R"({"fields":{"36":"blue","37":"L"}})");
  const Reply reply = api.Put(Api::User(id), R"({"fields":{"36":"","38":5}})");
  EXPECT_EQ(reply.Text("profile_id"), MainProfile(api, id));
  EXPECT_EQ(
      api.Ask("SELECT GROUP_CONCAT(field, '=', value ORDER BY field) FROM cscart_profile_fields"),
      "37=L,38=5");
  EXPECT_EQ(api.Put(Api::User(id), R"({"fields":"x"})").status, 400);
}

TEST(CscartUpdateUser, EndsAndReplacesApiKeysForTheRootAdministrator) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  const std::string id = api.IdOf("admin@b");
  ASSERT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 200);

  api.Put(Api::User(id), R"({"api_key":"New00000000000000000000000000000"})");
  EXPECT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 401);
  const Login renewed{"admin@b", "New00000000000000000000000000000"};
  EXPECT_EQ(api.Send(renewed, "GET", "/api/2.0/version").status, 200);

  EXPECT_EQ(api.Send(renewed, "PUT", Api::User(id), R"({"api_key":""})").status, 200);
  EXPECT_EQ(api.Send(renewed, "GET", "/api/2.0/version").status, 200);
  api.Put(Api::User(id), R"({"api_key":""})");
  EXPECT_EQ(api.Send(renewed, "GET", "/api/2.0/version").status, 401);
}

TEST(CscartUpdateUser, LetsADisabledAccountInNoMore) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  ASSERT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 200);
  api.Put(Api::User(api.IdOf("admin@b")), R"({"status":"H"})");
  EXPECT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 401);
}

TEST(CscartUpdateUser, MovesTheEmailsRealmWithTheStore) {
  Api api([](config::Cscart& cscart) { cscart.share_users = false; });
  api.Add(R"({"company_id":1,"user_type":"C","email":"a@b"})");
  const std::string moving = api.Add(R"({"company_id":2,"user_type":"C","email":"a@b"})");
  EXPECT_EQ(api.Put(Api::User(moving), R"({"company_id":1})").status, 400);
  EXPECT_EQ(api.Put(Api::User(moving), R"({"company_id":3})").status, 200);
  EXPECT_EQ(api.Post("/api/2.0/users", R"({"company_id":2,"user_type":"C","email":"a@b"})").status,
            201);
}

}  // namespace
}  // namespace rosterd::testing
