#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/secrets.h"
#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

int Status(World& world, const std::string& login, const std::string& address = "192.0.2.1") {
  return world.Send({.target = "/api/users/1", .login = login, .address = address}).status;
}

TEST(CscartSignIn, TakesTheEmailInAnyCaseAndTrimsBoth) {
  World& world = World::Shared();
  EXPECT_EQ(Status(world, "ADMIN@Example.com:admin-key"), 200);
  EXPECT_EQ(Status(world, " admin@example.com : admin-key "), 200);
}

TEST(CscartSignIn, RefusesWhatIsNoKey) {
  World world;
  EXPECT_EQ(Status(world, "admin@example.com:wrong"), 401);
  EXPECT_EQ(Status(world, "nobody@example.com:admin-key"), 401);
  EXPECT_EQ(Status(world, "admin@example.com:ADMIN-KEY"), 401);
  EXPECT_EQ(Status(world, "admin@example.com:"), 401);
  EXPECT_EQ(Status(world, ":admin-key"), 401);
  EXPECT_EQ(world.Events().size(), 3U);
}

TEST(CscartSignIn, RefusesOtherSchemes) {
  const Reply reply = World::Shared().Send(
      {.target = "/api/users", .login = "", .headers = {{"Authorization", "Bearer admin-key"}}});
  EXPECT_EQ(reply.status, 401);
}

TEST(CscartSignIn, RefusesAccountsThatAreNotActive) {
  World world;
  for (const char* login : {"berg@shop.example:berg-key", "petr_x@shop.example:user_7-key",
                            "b@shop.example:blocked-key", "gone@shop.example:gone-key"}) {
    EXPECT_EQ(Status(world, login), 401) << login;
  }
}

TEST(CscartSignIn, EndsARevokedKeyAtOnce) {
  World world;
  EXPECT_EQ(Status(world, "admin@example.com:admin-key"), 200);
  world.Execute("UPDATE credentials SET revoked_at = '2020-01-02' WHERE user_id = 1");
  world.Epoch().Advance();
  EXPECT_EQ(Status(world, "admin@example.com:admin-key"), 401);
}

TEST(CscartSignIn, ReplacesAnImportedHashAtItsFirstUse) {
  World world;
  world.Execute(
      "UPDATE credentials SET form = 'crypt',"
      " digest = '$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2'"
      " WHERE user_id = 1");
  EXPECT_EQ(Status(world, "admin@example.com:secret2"), 401);
  EXPECT_EQ(Status(world, "admin@example.com:secret1"), 200);
  EXPECT_EQ(world.AskDatabase("SELECT form FROM credentials WHERE user_id = 1"), "sha256");
  world.Epoch().Advance();
  EXPECT_EQ(Status(world, "admin@example.com:secret1"), 200);
}

TEST(CscartSignIn, LocksAnAccountAfterTenFailures) {
  World world;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Status(world, "admin@example.com:wrong", "192.0.2." + std::to_string(i)), 401);
  }
  const Reply reply = world.Send(
      {.target = "/api/users", .login = "admin@example.com:wrong", .address = "192.0.2.99"});
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.body, R"({"message":"Too Many Requests","status":429})");
  EXPECT_NE(reply.Header("Retry-After"), "");
}

TEST(CscartSignIn, LocksAnAddressAfterTwentyFailures) {
  World world;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Status(world, "u" + std::to_string(i) + "@x.example:wrong"), 401) << i;
  }
  EXPECT_EQ(Status(world, "another@x.example:wrong"), 429);
}

TEST(CscartSignIn, NeverRefusesAValidKeyForOthersFailures) {
  World world;
  for (int i = 0; i < 25; ++i) Status(world, "admin@example.com:wrong");
  EXPECT_EQ(Status(world, "admin@example.com:wrong"), 429);
  EXPECT_EQ(Status(world, "admin@example.com:admin-key"), 200);
}

TEST(CscartSignIn, TakesTokensOnlyWhenCustomersMaySignIn) {
  const std::string token =
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at, expires_at)"
      " VALUES ('cscart', 'token', 1, UNHEX(SHA2('tok', 256)), '2020-01-01', '2099-01-01'),"
      " ('cscart', 'token', 1, UNHEX(SHA2('old', 256)), '2020-01-01', '2020-01-02')";
  World closed;
  closed.Execute(token);
  EXPECT_EQ(Status(closed, "tok:"), 401);

  config::Cscart settings;
  settings.allow_customer = true;
  World open(settings);
  open.Execute(token);
  EXPECT_EQ(Status(open, "tok:"), 403);
  EXPECT_EQ(Status(open, "old:"), 401);
  EXPECT_EQ(open.Send({.target = "/api/version", .login = "tok:"}).status, 200);
}

TEST(CscartSignIn, TellsAccountsOfSeveralStoresApart) {
  World world;
  world.Execute(
      "UPDATE users SET email = 'keeper@shop.example', email_key = CONCAT(LOWER("
      "'keeper@shop.example'), CHAR(0), '1'), cscart_user_type = 'A' WHERE id = 4");
  EXPECT_EQ(world.Send({.target = "/api/version", .login = "keeper@shop.example:anna-key"}).person,
            4U);
  EXPECT_EQ(
      world.Send({.target = "/api/version", .login = "keeper@shop.example:keeper-key"}).person,
      11U);
}

}  // namespace
}  // namespace rosterd::cscart
