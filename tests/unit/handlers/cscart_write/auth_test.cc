#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kAuth = "/api/2.0/auth";
constexpr const char* kTokens = "/api/2.0/auth_tokens";
constexpr const char* kMira =
    R"({"company_id":1,"user_type":"C","email":"mira@shop.example","password":"pa55word"})";
constexpr const char* kMiraSignsIn = R"({"email":"Mira@shop.example","password":"pa55word"})";

TEST(CscartAuth, GivesAKeyAndItsLink) {
  Api api([](config::Cscart& cscart) { cscart.storefront_url = "https://shop.example/"; });
  api.Add(kMira);
  const Reply reply =
      api.Post(kAuth, R"({"email":"MIRA@shop.example","redirect_url":"a.php?b=c d&e"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.Text("link"),
            "https://shop.example/index.php?dispatch=auth.ekey_login&ekey=" + reply.Text("key") +
                "&company_id=1&redirect_url=a.php%3Fb%3Dc%20d%26e");
  EXPECT_EQ(api.Ask("SELECT kind FROM credentials ORDER BY id DESC LIMIT 1"), "login_key");
}

TEST(CscartAuth, MailsTheLinkWhenItNotifies) {
  Api api([](config::Cscart& cscart) { cscart.storefront_url = "https://shop.example/"; });
  const std::string id = api.Add(kMira);
  const Reply reply = api.Post(kAuth, R"({"email":"mira@shop.example","notify":true})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_NE(reply.Text("message"), "");
  EXPECT_EQ(reply.Text("key"), "");
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM audit WHERE action = 'login_key.notify'"), "1");
  EXPECT_EQ(api.Ask("SELECT CONCAT_WS(' ', kind, user_id, recipient) FROM mail_outbox"),
            "cscart.login_key " + id + " mira@shop.example");
  EXPECT_THAT(api.Ask("SELECT text_body FROM mail_outbox"),
              HasSubstr("https://shop.example/index.php?dispatch=auth.ekey_login&ekey="));
}

TEST(CscartAuth, MailsNothingWhenItDoesNotNotify) {
  Api api;
  api.Add(kMira);
  EXPECT_EQ(api.Post(kAuth, R"({"email":"mira@shop.example","notify":false})").status, 201);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
}

TEST(CscartAuth, RefusesMissingUnknownAndDisabledAccounts) {
  Api api;
  const std::string id = api.Add(kMira);
  EXPECT_EQ(api.Post(kAuth, R"({"notify":1})").status, 400);
  EXPECT_EQ(api.Post(kAuth, R"({"email":"nobody@shop.example"})").status, 404);
  api.Put(Api::User(id), R"({"status":"D"})");
  EXPECT_EQ(api.Post(kAuth, R"({"email":"mira@shop.example"})").status, 400);
}

TEST(CscartAuth, RefusesAFourthUnusedKey) {
  Api api;
  api.Add(kMira);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(api.Post(kAuth, R"({"email":"mira@shop.example"})").status, 201);
  EXPECT_EQ(api.Post(kAuth, R"({"email":"mira@shop.example"})").status, 400);
  api.Execute("UPDATE credentials SET expires_at = '2000-01-01' WHERE kind = 'login_key'");
  EXPECT_EQ(api.Post(kAuth, R"({"email":"mira@shop.example"})").status, 201);
}

TEST(CscartAuth, LetsEachCallerInAsWhomItMay) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  const Login seller = api.AddCaller("seller@b", "A", "1");
  const Login clerk = api.AddCaller("clerk@b", "A", "1");
  api.Add(kMira);
  const auto ask = [&](const Login& login, const std::string& email) {
    return api.Send(login, "POST", kAuth, R"({"email":")" + email + "\"}").status;
  };
  EXPECT_EQ(ask(api.Root(), "admin@b"), 201);
  EXPECT_EQ(ask(admin, "root@shop.example"), 403);
  EXPECT_EQ(ask(admin, "seller@b"), 201);
  EXPECT_EQ(ask(seller, "clerk@b"), 201);
  EXPECT_EQ(ask(seller, "admin@b"), 403);
  EXPECT_EQ(ask(clerk, "mira@shop.example"), 403);
}

TEST(CscartAuth, KeepsARestrictedAdministratorBelowItsLimits) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  api.AddCaller("admin@b", "A", "0");
  api.Restrict(api.IdOf("r@b"), R"("manage_users")");
  api.Add(kMira);
  EXPECT_EQ(api.Send(restricted, "POST", kAuth, R"({"email":"admin@b"})").status, 403);
  EXPECT_EQ(api.Send(restricted, "POST", kAuth, R"({"email":"mira@shop.example"})").status, 201);
}

TEST(CscartAuth, KnowsNoOtherMethods) {
  Api api;
  for (const char* path : {kAuth, kTokens}) {
    EXPECT_EQ(api.Get(path).status, 405) << path;
    EXPECT_EQ(api.Put(path, R"({"email":"a@b"})").status, 405) << path;
    EXPECT_EQ(api.Delete(path).status, 405) << path;
  }
}

TEST(CscartAuthTokens, GivesTheSameTokenUntilItExpires) {
  Api api;
  api.Add(kMira);
  const Reply first = api.Post(kTokens, kMiraSignsIn);
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.Number("ttl"), "604800");
  EXPECT_EQ(first.body, R"({"token":")" + first.Text("token") + R"(","ttl":604800})");
  const Reply second = api.Post(kTokens, kMiraSignsIn);
  EXPECT_EQ(second.Text("token"), first.Text("token"));
  EXPECT_LE(std::stoi(second.Number("ttl")), 604800);

  api.Execute("UPDATE credentials SET expires_at = '2000-01-01' WHERE kind = 'token'");
  EXPECT_NE(api.Post(kTokens, kMiraSignsIn).Text("token"), first.Text("token"));
}

TEST(CscartAuthTokens, NotesTheTimeOfTheSignIn) {
  Api api;
  const std::string id = api.Add(kMira);
  const std::string last = "SELECT COALESCE(last_login_at, '-') FROM users WHERE id = " + id;
  EXPECT_EQ(api.Ask(last), "-");
  api.Post(kTokens, kMiraSignsIn);
  const std::string first = api.Ask(last);
  EXPECT_NE(first, "-");

  api.Post(kTokens, kMiraSignsIn);
  EXPECT_GT(api.Ask(last), first);
}

TEST(CscartAuthTokens, StoresADigestOnly) {
  Api api;
  api.Add(kMira);
  const std::string token = api.Post(kTokens, kMiraSignsIn).Text("token");
  EXPECT_EQ(api.Ask("SELECT digest = UNHEX(SHA2('" + token +
                    "', 256)) FROM credentials WHERE kind = 'token'"),
            "1");
}

TEST(CscartAuthTokens, RefusesMissingFieldsWrongPairsAndDisabledAccounts) {
  Api api;
  const std::string id = api.Add(kMira);
  EXPECT_EQ(api.Post(kTokens, R"({"email":"mira@shop.example"})").status, 400);
  EXPECT_EQ(api.Post(kTokens, R"({"password":"x"})").status, 400);
  EXPECT_EQ(api.Post(kTokens, R"({"email":"mira@shop.example","password":"wrong"})").status, 404);
  EXPECT_EQ(api.Post(kTokens, R"({"email":"nobody@shop.example","password":"pa55word"})").status,
            404);
  api.Put(Api::User(id), R"({"status":"D"})");
  EXPECT_EQ(api.Post(kTokens, kMiraSignsIn).status, 404);
}

TEST(CscartAuthTokens, LocksAnAccountAfterTenFailures) {
  Api api;
  api.Add(kMira);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(api.Post(kTokens, R"({"email":"mira@shop.example","password":"wrong"})").status, 404);
  }
  const Reply locked = api.Post(kTokens, kMiraSignsIn);
  EXPECT_EQ(locked.status, 429);
  EXPECT_NE(locked.retry_after, "");
}

TEST(CscartAuthTokens, IsOpenToAnySignedInCallerAndNotToNobody) {
  Api api;
  api.Add(kMira);
  const Login customer = api.AddCaller("c@b", "C", "1");
  EXPECT_EQ(api.Send(customer, "POST", kTokens, kMiraSignsIn).status, 201);
  EXPECT_EQ(api.Send(Login{}, "POST", kTokens, kMiraSignsIn).status, 401);
}

TEST(CscartAuthTokens, IsOpenToCustomersWhenTheSettingSaysSo) {
  Api api([](config::Cscart& cscart) { cscart.allow_customer = true; });
  api.Add(kMira);
  const Reply reply = api.Send(Login{}, "POST", kTokens, kMiraSignsIn);
  ASSERT_EQ(reply.status, 201) << reply.body;
  const Login token{reply.Text("token"), ""};
  EXPECT_EQ(api.Send(token, "GET", "/api/2.0/version").status, 200);
  EXPECT_EQ(api.Send(token, "GET", "/api/2.0/users").status, 403);
}

TEST(CscartAuthTokens, EndsWithANewPassword) {
  Api api([](config::Cscart& cscart) { cscart.allow_customer = true; });
  const std::string id = api.Add(kMira);
  const Login token{api.Post(kTokens, kMiraSignsIn).Text("token"), ""};
  ASSERT_EQ(api.Send(token, "GET", "/api/2.0/version").status, 200);
  api.Put(Api::User(id), R"({"password":"another1"})");
  EXPECT_EQ(api.Send(token, "GET", "/api/2.0/version").status, 401);
}

TEST(CscartAuthTokens, TakesALoginKeyOnce) {
  Api api;
  api.Add(kMira);
  const std::string key = api.Post(kAuth, R"({"email":"mira@shop.example"})").Text("key");
  EXPECT_EQ(api.Post(kTokens, R"({"ekey":")" + key + "\"}").status, 201);
  EXPECT_EQ(api.Post(kTokens, R"({"ekey":")" + key + "\"}").status, 404);
  EXPECT_EQ(api.Post(kTokens, R"({"ekey":"unknown"})").status, 404);
}

TEST(CscartAuthTokens, TakesNoExpiredLoginKey) {
  Api api;
  api.Add(kMira);
  const std::string key = api.Post(kAuth, R"({"email":"mira@shop.example"})").Text("key");
  api.Execute("UPDATE credentials SET expires_at = '2000-01-01' WHERE kind = 'login_key'");
  EXPECT_EQ(api.Post(kTokens, R"({"ekey":")" + key + "\"}").status, 404);
}

}  // namespace
}  // namespace rosterd::testing
