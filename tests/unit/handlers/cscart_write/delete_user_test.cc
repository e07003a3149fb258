#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

TEST(CscartDeleteUser, AnswersNothingAndOnlyOnce) {
  Api api;
  const std::string id = api.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");
  const Reply reply = api.Delete(Api::User(id));
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.content_type, "");
  EXPECT_EQ(api.Delete(Api::User(id)).body, R"({"message":"Not Found","status":404})");
}

TEST(CscartDeleteUser, AnswersAMissingUserAsTheSettingSays) {
  Api api([](config::Cscart& cscart) { cscart.missing_user_status = 400; });
  EXPECT_EQ(api.Delete(Api::User("999999999")).status, 400);
}

TEST(CscartDeleteUser, RefusesTheCallerAndRootAdministrators) {
  Api api;
  EXPECT_EQ(api.Delete(Api::User(api.RootId())).body,
            R"({"message":"Bad Request: user )" + api.RootId() +
                R"( cannot be deleted","errors":["user )" + api.RootId() +
                R"( cannot be deleted"],"status":400})");
  const Login admin = api.AddCaller("admin@b", "A", "0");
  EXPECT_EQ(api.Send(admin, "DELETE", Api::User(api.RootId())).status, 400);
  EXPECT_EQ(api.Send(admin, "DELETE", Api::User(api.IdOf("admin@b"))).status, 400);
  EXPECT_EQ(api.Delete(Api::User(api.IdOf("admin@b"))).status, 204);
}

TEST(CscartDeleteUser, IgnoresABodyAndItsType) {
  Api api;
  const std::string id = api.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");
  EXPECT_EQ(api.Send(api.Root(), "DELETE", Api::User(id), "<x/>", "application/xml").status, 204);
}

TEST(CscartDeleteUser, EndsTheAccountsCredentials) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  ASSERT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 200);
  api.Delete(Api::User(api.IdOf("admin@b")));
  EXPECT_EQ(api.Send(admin, "GET", "/api/2.0/version").status, 401);
}

TEST(CscartDeleteUser, FreesEmailAndLogin) {
  Api api;
  const std::string body = R"({"company_id":1,"user_type":"C","email":"c@b","user_login":"c"})";
  const std::string id = api.Add(body);
  api.Delete(Api::User(id));
  EXPECT_NE(api.Add(body), id);
}

TEST(CscartDeleteUser, PromotesTheLowestRemainingAdministrator) {
  Api api;
  const std::string root = api.Add(R"({"company_id":2,"user_type":"V","email":"first@b"})");
  api.Add(R"({"company_id":2,"user_type":"C","email":"customer@b"})");
  const std::string next = api.Add(R"({"company_id":2,"user_type":"V","email":"next@b"})");
  api.Add(R"({"company_id":2,"user_type":"V","email":"last@b"})");
  ASSERT_EQ(api.Delete(Api::User(root)).status, 204);
  EXPECT_EQ(
      api.Ask(
          "SELECT GROUP_CONCAT(id) FROM users WHERE cscart_company_id = 2 AND cscart_is_root = 1"),
      next);
  EXPECT_EQ(api.Ask("SELECT fields FROM audit WHERE action = 'user.update' AND user_id = " + next),
            "cscart_is_root");
}

TEST(CscartDeleteUser, LeavesACompanyWithoutAdministrators) {
  Api api;
  const std::string root = api.Add(R"({"company_id":2,"user_type":"A","email":"first@b"})");
  api.Add(R"({"company_id":2,"user_type":"C","email":"customer@b"})");
  EXPECT_EQ(api.Delete(Api::User(root)).status, 204);
  const std::string fresh = api.Add(R"({"company_id":2,"user_type":"A","email":"fresh@b"})");
  EXPECT_EQ(api.Ask("SELECT cscart_is_root FROM users WHERE id = " + fresh), "1");
}

TEST(CscartDeleteUser, RefusesAdministratorsToARestrictedOne) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  api.Restrict(api.IdOf("r@b"), R"("view_users","manage_users")");
  const std::string admin = api.Add(R"({"company_id":0,"user_type":"A","email":"a@b"})");
  const std::string vendor = api.Add(R"({"company_id":2,"user_type":"V","email":"v@b"})");
  const std::string customer = api.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");
  EXPECT_EQ(api.Send(restricted, "DELETE", Api::User(admin)).status, 400);
  EXPECT_EQ(api.Send(restricted, "DELETE", Api::User(vendor)).status, 400);
  EXPECT_EQ(api.Send(restricted, "DELETE", Api::User(customer)).status, 204);
}

}  // namespace
}  // namespace rosterd::testing
