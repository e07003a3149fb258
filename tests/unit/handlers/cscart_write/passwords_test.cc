#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

std::string Body(const std::string& rest) {
  return R"({"company_id":1,"user_type":"C","email":"mira@shop.example",)" + rest + "}";
}

int SignIn(Api& api, const std::string& password) {
  return api
      .Post("/api/2.0/auth_tokens",
            R"({"email":"mira@shop.example","password":")" + password + "\"}")
      .status;
}

TEST(CscartPasswords, AreHashedWhenTheyArePlain) {
  Api api;
  const std::string id = api.Add(Body(R"("password":" pa55word ")"));
  EXPECT_EQ(api.Ask("SELECT LEFT(password_hash, 10) FROM users WHERE id = " + id), "$argon2id$");
  EXPECT_EQ(SignIn(api, "pa55word"), 201);
}

TEST(CscartPasswords, AreTakenAsTheOldestHashWhenTheyLookLikeIt) {
  Api api;
  api.Add(Body(R"("password":"91ec1f9324753048c0096d036a694f86")"));
  EXPECT_EQ(SignIn(api, "customer"), 201);
}

TEST(CscartPasswords, AreTakenAsASaltedHashWithItsSalt) {
  Api api;
  const std::string id =
      api.Add(Body(R"("password":"817c4503ab6f0f06755bc17ec712eaa4","salt":"abc")"));
  EXPECT_EQ(SignIn(api, "customer"), 201);
  EXPECT_EQ(
      api.Ask("SELECT CONCAT(LEFT(password_hash, 10), password_salt) FROM users WHERE id = " + id),
      "$argon2id$");
}

TEST(CscartPasswords, AreTakenAsBcryptHashes) {
  Api api;
  api.Add(Body(R"("password":"$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2")"));
  EXPECT_EQ(SignIn(api, "secret1"), 201);
}

TEST(CscartPasswords, ArePlainTextAlwaysInTheLaterVersions) {
  Api api;
  const Reply reply =
      api.Post("/api/4.0/users",
               Body(R"("password":"91ec1f9324753048c0096d036a694f86","salt":"abcdefghijklm")"));
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(SignIn(api, "customer"), 404);
  EXPECT_EQ(SignIn(api, "91ec1f9324753048c0096d036a694f86"), 201);
}

TEST(CscartPasswords, ComeTwiceAndEqual) {
  Api api;
  EXPECT_EQ(
      api.Post("/api/2.0/users", Body(R"("password1":"pa55word","password2":"pa55wore")")).status,
      400);
  EXPECT_EQ(api.Post("/api/2.0/users", Body(R"("password1":"pa55word")")).status, 400);
  EXPECT_EQ(
      api.Post("/api/2.0/users", Body(R"("password1":"pa55word","password2":"pa55word")")).status,
      201);
  EXPECT_EQ(SignIn(api, "pa55word"), 201);
}

TEST(CscartPasswords, AreNeitherTooShortNorTooLong) {
  Api api;
  EXPECT_EQ(api.Post("/api/2.0/users", Body(R"("password":"four")")).status, 400);
  EXPECT_EQ(
      api.Post("/api/2.0/users", Body(R"("password":")" + std::string(73, 'x') + "\"")).status,
      400);
  EXPECT_EQ(api.Post("/api/2.0/users",
                     Body(R"("password":"91ec1f9324753048c0096d036a694f86","salt":"elevenchars")"))
                .status,
            400);
  EXPECT_EQ(
      api.Post("/api/2.0/users", Body(R"("password":")" + std::string(72, 'x') + "\"")).status,
      201);
}

TEST(CscartPasswords, AreNotNeeded) {
  Api api;
  const std::string id = api.Add(Body(R"("password":"")"));
  EXPECT_EQ(api.Ask("SELECT password_hash FROM users WHERE id = " + id), "");
  EXPECT_EQ(SignIn(api, "pa55word"), 404);
}

TEST(CscartPasswords, ChangeWithAPutAndStayWithAnEmptyOne) {
  Api api;
  const std::string id = api.Add(Body(R"("password":"pa55word")"));
  EXPECT_EQ(api.Put(Api::User(id), R"({"password":""})").status, 200);
  EXPECT_EQ(SignIn(api, "pa55word"), 201);
  EXPECT_EQ(api.Put(Api::User(id), R"({"password":"another1"})").status, 200);
  EXPECT_EQ(SignIn(api, "pa55word"), 404);
  EXPECT_EQ(SignIn(api, "another1"), 201);
}

TEST(CscartPasswords, AreNotHashedForSomebodyWhoMayNotBeChanged) {
  Api api;
  const Login admin = api.AddCaller("admin@b", "A", "0");
  EXPECT_EQ(api.Send(admin, "PUT", Api::User(api.RootId()), R"({"password":"another1"})").status,
            400);
  EXPECT_EQ(api.Put(Api::User("999999999"), R"({"password":"another1"})").status, 404);
}

}  // namespace
}  // namespace rosterd::testing
