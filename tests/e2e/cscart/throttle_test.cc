// Contract 5 and 16: failed sign-ins are limited. Each test comes from an address of its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

const Stack& On() {
  static const Stack stack(
      {.settings = {"cscart.edition=single", "cscart.auth_token_ttl=2s", "cscart.login_key_ttl=1s",
                    "cscart.allow_customer=on", "directory.reserve_deleted_names=on",
                    "throttle.sign_in_window=20s"}});
  return stack;
}

const Api& Admin() {
  static const Api admin(On());
  return admin;
}

HttpResponse GetFrom(const std::string& address, const std::string& login) {
  HttpRequest request = Api(On(), login).Request("GET", "users/1");
  request.source = address;
  return Send(request);
}

HttpResponse SignInFrom(const std::string& address, const std::string& email,
                        const std::string& password) {
  HttpRequest request =
      Admin().Request("POST", "auth_tokens", "application/json",
                      R"({"email":")" + email + R"(","password":")" + password + "\"}");
  request.source = address;
  return Send(request);
}

bool IsLocked(const HttpResponse& response) {
  const int seconds =
      response.Header("Retry-After").empty() ? 0 : std::stoi(response.Header("Retry-After"));
  return IsError(response, 429) && seconds >= 1 && seconds <= 600;
}

TEST(CscartThrottle, LocksAnAccountAfterTenFailures) {
  const Account account = AddAccount(On(), "A", "N", "0");

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(GetFrom("127.0.0.2", account.email + ":wrong").status, 401) << i;
  }
  const HttpResponse locked = GetFrom("127.0.0.2", account.email + ":wrong");
  EXPECT_TRUE(IsLocked(locked)) << locked.status << locked.body;
  // From elsewhere too.
  EXPECT_TRUE(IsLocked(GetFrom("127.0.0.3", account.email + ":wrong")));
}

TEST(CscartThrottle, NeverRefusesAValidKey) {
  const Account account = AddAccount(On(), "A", "N", "0");

  for (int i = 0; i < 30; ++i) GetFrom("127.0.0.4", account.email + ":wrong");

  EXPECT_EQ(GetFrom("127.0.0.4", account.email + ":" + account.key).status, 200);
  EXPECT_EQ(GetFrom("127.0.0.4", Admin().Login()).status, 200);
  EXPECT_EQ(GetFrom("127.0.0.5", account.email + ":" + account.key).status, 200);
}

TEST(CscartThrottle, LocksAnAddressAfterTwentyFailures) {
  for (int i = 0; i < 20; ++i) {
    const std::string email = "nobody" + std::to_string(i) + "@shop.example";
    EXPECT_EQ(GetFrom("127.0.0.6", email + ":wrong").status, 401) << i;
  }

  EXPECT_TRUE(IsLocked(GetFrom("127.0.0.6", "another@shop.example:wrong")));
  EXPECT_EQ(GetFrom("127.0.0.7", "another@shop.example:wrong").status, 401);
}

TEST(CscartThrottle, CountsNothingForRequestsWithoutCredentials) {
  for (int i = 0; i < 30; ++i) EXPECT_EQ(GetFrom("127.0.0.8", "").status, 401);
}

TEST(CscartThrottle, LocksPasswordsOfOneAccount) {
  const std::string email = NewEmail();
  Admin().AddUser("{" + Customer(email) + R"(,"password":"pa55word"})");

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(SignInFrom("127.0.0.9", email, "wrong").status, 404) << i;
  }

  // The right password is not even looked at.
  EXPECT_TRUE(IsLocked(SignInFrom("127.0.0.9", email, "pa55word")));
  EXPECT_TRUE(IsLocked(SignInFrom("127.0.0.10", email, "wrong")));
}

TEST(CscartThrottle, LocksPasswordsFromOneAddress) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(SignInFrom("127.0.0.11", "n" + std::to_string(i) + "@a.example", "wrong").status,
              404);
  }

  EXPECT_TRUE(IsLocked(SignInFrom("127.0.0.11", "other@a.example", "wrong")));
}

TEST(CscartThrottle, ForgetsAfterTheWindow) {
  const Account account = AddAccount(On(), "A", "N", "0");
  for (int i = 0; i < 11; ++i) GetFrom("127.0.0.12", account.email + ":wrong");
  const HttpResponse locked = GetFrom("127.0.0.12", account.email + ":wrong");
  ASSERT_TRUE(IsLocked(locked));
  EXPECT_LE(std::stoi(locked.Header("Retry-After")), 20);

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  int status = 429;
  while (status == 429 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    status = GetFrom("127.0.0.12", account.email + ":wrong").status;
  }

  EXPECT_EQ(status, 401);
}

TEST(CscartThrottle, TakesEqualTimeForUnknownEmails) {
  const std::string email = NewEmail();
  Admin().AddUser("{" + Customer(email) + R"(,"password":"pa55word"})");
  // The quickest of some tries, which other programs disturb least.
  const auto milliseconds = [](const std::string& address, const std::string& of) {
    double quickest = 1e9;
    for (int i = 0; i < 8; ++i) {
      const auto start = std::chrono::steady_clock::now();
      SignInFrom(address, of, "wrong");
      const std::chrono::duration<double, std::milli> time =
          std::chrono::steady_clock::now() - start;
      quickest = std::min(quickest, time.count());
    }
    return quickest;
  };

  const double known = milliseconds("127.0.0.13", email);
  const double unknown = milliseconds("127.0.0.14", "x" + email);

  EXPECT_GT(unknown, known / 3);
  EXPECT_LT(unknown, known * 3);
}

// True once the condition holds; false when it does not within ten seconds.
template <typename Condition>
bool Soon(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return true;
}

TEST(CscartLifetimes, EndTokens) {
  const std::string email = NewEmail();
  Admin().AddUser("{" + Customer(email) + R"(,"password":"pa55word"})");
  const Json first = ParseJson(SignInFrom("127.0.0.15", email, "pa55word").body);
  EXPECT_LE(std::stoi(first["ttl"].text), 2);
  const std::string token = first["token"].text;
  EXPECT_EQ(GetFrom("127.0.0.15", token + ":").status, 403);

  EXPECT_TRUE(Soon([&] { return GetFrom("127.0.0.15", token + ":").status == 401; }));
  EXPECT_NE(ParseJson(SignInFrom("127.0.0.15", email, "pa55word").body)["token"].text, token);
}

TEST(CscartLifetimes, EndLoginKeys) {
  const std::string email = NewEmail();
  Admin().AddUser("{" + Customer(email) + "}");
  const std::string json = R"({"email":")" + email + R"("})";
  for (int i = 0; i < 3; ++i) Admin().Post("auth", json);

  // Room for a fourth comes when the first has ended.
  EXPECT_TRUE(Soon([&] { return Admin().Post("auth", json).status == 201; }));
}

TEST(CscartEdition, SingleNeedsNoCompany) {
  const HttpResponse response = Admin().PostForm("users", "user_type=C&email=" + NewEmail());

  EXPECT_EQ(response.status, 201) << response.body;
}

TEST(CscartReservedNames, KeepTheEmailOfADeletedUser) {
  const std::string email = NewEmail();
  Admin().Delete("users/" + Admin().AddUser("{" + Customer(email) + "}"));

  EXPECT_TRUE(IsError(Admin().Post("users", "{" + Customer(email) + "}"), 400, "errors"));
}

}  // namespace
}  // namespace rosterd::testing
