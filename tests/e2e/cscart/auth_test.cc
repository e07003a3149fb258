// Contract 5: who is it, and API keys.

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

HttpResponse GetWith(const std::string& authorization) {
  const Api nobody(DefaultStack(), "");
  return nobody.Get("users/1", {"Authorization: " + authorization});
}

std::string Basic(const std::string& login) { return "Basic " + Base64(login); }

const std::string& Email() { return DefaultStack().AdminEmail(); }
const std::string& Key() { return DefaultStack().AdminKey(); }

// A changed key counts on every worker within a second.
bool SoonAnswersWith(const std::string& login, int status) {
  const HttpRequest request = Api(DefaultStack(), login).Request("GET", "users/1");
  const std::vector<HttpRequest> many(8, request);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  while (std::chrono::steady_clock::now() < deadline) {
    int right = 0;
    for (const HttpResponse& response : SendAll(many, 8)) right += response.status == status;
    if (right == 8) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

std::string NewKey() {
  std::string key = "K" + NewWord();
  key.resize(32, 'x');
  return key;
}

TEST(CscartAuth, AnswersWithoutCredentialsExactlyAsPromised) {
  const Api nobody(DefaultStack(), "");

  const HttpResponse response = nobody.Get("users");

  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.Header("WWW-Authenticate"), R"(Basic realm="User email/API key")");
  EXPECT_EQ(response.Count("WWW-Authenticate"), 1);
  EXPECT_EQ(response.Header("Content-Type"), "application/json");
  EXPECT_EQ(response.body, R"({"message":"Unauthorized","status":401})");
}

TEST(CscartAuth, AnswersAlikeToEverythingThatIsWrong) {
  std::string lower = Key();
  for (char& letter : lower) letter = static_cast<char>(letter ^ (isalpha(letter) ? 0x20 : 0));
  for (const std::string& authorization : {std::string("Basic"),
                                           std::string("Basic "),
                                           std::string("Basic !!!!"),
                                           std::string("Bearer ") + Key(),
                                           std::string("Digest username=\"admin\""),
                                           Base64(Email() + ":" + Key()),
                                           Basic(Email()),
                                           Basic(":" + Key()),
                                           Basic(Email() + ":"),
                                           Basic(":"),
                                           Basic("nobody@example.com:" + Key()),
                                           Basic(Email() + ":wrong"),
                                           Basic(Email() + ":" + lower),
                                           Basic(Email() + ":" + Key() + "x"),
                                           Basic(Email() + ":" + Key().substr(1)),
                                           Basic(Email() + ":" + Key() + ":more"),
                                           Basic(Email() + "::" + Key()),
                                           Basic(Email() + ":" + std::string(5000, 'k')),
                                           Basic("\xff\xfe:" + Key()),
                                           Basic(Email() + std::string(1, '\0') + ":" + Key())}) {
    const HttpResponse response = GetWith(authorization);
    EXPECT_EQ(response.status, 401) << authorization;
    EXPECT_EQ(response.Header("WWW-Authenticate"), R"(Basic realm="User email/API key")");
    EXPECT_EQ(response.body, R"({"message":"Unauthorized","status":401})") << authorization;
  }
}

TEST(CscartAuth, TakesTheSchemeAndTheEmailInAnyCase) {
  const std::string encoded = Base64(Email() + ":" + Key());

  EXPECT_EQ(GetWith("basic " + encoded).status, 200);
  EXPECT_EQ(GetWith("BASIC " + encoded).status, 200);
  EXPECT_EQ(GetWith(Basic("ADMIN@Example.COM:" + Key())).status, 200);
}

TEST(CscartAuth, TrimsBothParts) {
  EXPECT_EQ(GetWith(Basic("  " + Email() + " : " + Key() + "  ")).status, 200);
  EXPECT_EQ(GetWith(Basic("\t" + Email() + "\n:\r\n" + Key() + "\t")).status, 200);
  EXPECT_EQ(GetWith(Basic("   : " + Key())).status, 401);
  EXPECT_EQ(GetWith(Basic(Email() + ":   ")).status, 401);
}

TEST(CscartAuth, TakesCredentialsFromTheAddress) {
  HttpRequest request = Root().Request("GET", "users/1");
  request.login.clear();
  request.url.replace(0, 7, "http://admin%40example.com:" + Key() + "@");

  EXPECT_EQ(Send(request).status, 200);
}

TEST(CscartAuth, RefusesARepeatedHeader) {
  const std::string header = "Authorization: " + Basic(Email() + ":" + Key()) + "\r\n";

  const HttpResponse response =
      SendRaw(DefaultStack().HttpPort(), "GET /api/users/1 HTTP/1.1\r\nHost: localhost\r\n" +
                                             header + header + "Connection: close\r\n\r\n");

  EXPECT_TRUE(response.status == 400 || response.status == 401) << response.status;
  EXPECT_TRUE(ParseJson(response.body).IsObject()) << response.body;
}

TEST(CscartAuth, RefusesAccountsThatAreNotActive) {
  for (const char* status : {"D", "H", "P"}) {
    const Account account = AddAccount(DefaultStack(), "A", "N", "0");
    EXPECT_EQ(As(DefaultStack(), account).Get("users/1").status, 200);

    EXPECT_EQ(Root().PutForm("users/" + account.id, std::string("status=") + status).status, 200);

    EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401)) << status;
    EXPECT_EQ(Root().PutForm("users/" + account.id, "status=A").status, 200);
    EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 200)) << status;
  }
}

TEST(CscartAuth, RefusesADeletedAccount) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");

  EXPECT_EQ(Root().Delete("users/" + account.id).status, 204);

  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401));
}

TEST(CscartKeys, AreSetByTheRootWithRawApiKey) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");
  const std::string key = NewKey();

  EXPECT_EQ(Root().PutForm("users/" + account.id, "raw_api_key=" + key).status, 200);

  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + key, 200));
  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401));
}

TEST(CscartKeys, AreSetByTheRootWithApiKey) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");
  const std::string key = NewKey();

  EXPECT_EQ(Root().PutForm("users/" + account.id, "api_key=" + key).status, 200);

  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + key, 200));
  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401));
}

TEST(CscartKeys, AreRevokedWithAnEmptyApiKey) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");

  EXPECT_EQ(Root().PutForm("users/" + account.id, "api_key=").status, 200);

  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401));
}

TEST(CscartKeys, AreSetOnCreation) {
  const std::string key = NewKey();
  const std::string email = NewEmail();

  Root().AddUser(R"({"user_type":"A","company_id":0,"email":")" + email + R"(","raw_api_key":")" +
                 key + R"("})");

  EXPECT_TRUE(SoonAnswersWith(email + ":" + key, 200));
}

TEST(CscartKeys, AreNotChangedByOtherAdministrators) {
  const Account caller = AddAccount(DefaultStack(), "A", "N", "0");
  const Account target = AddAccount(DefaultStack(), "A", "N", "0");
  const Api admin = As(DefaultStack(), caller);
  const std::string key = NewKey();

  EXPECT_EQ(admin.PutForm("users/" + target.id, "company=x&raw_api_key=" + key).status, 200);
  EXPECT_EQ(admin.PutForm("users/" + target.id, "company=y&api_key=").status, 200);
  EXPECT_EQ(admin.PutForm("users/" + target.id, "company=z&api_key=" + key).status, 200);

  EXPECT_EQ(As(DefaultStack(), target).Get("users/1").status, 200);
  EXPECT_EQ(Api(DefaultStack(), target.email + ":" + key).Get("users/1").status, 401);
}

TEST(CscartKeys, EndWhenTheToolRevokesThem) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");

  const CommandResult result =
      DefaultStack().Rosterctl({"key", "revoke", "--dialect", "cscart", "--value", account.key});

  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(SoonAnswersWith(account.email + ":" + account.key, 401));
}

TEST(CscartKeys, AreShownInNoAnswer) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");
  Root().PutForm("users/" + account.id, "password=pa55word");

  for (const std::string& path :
       {"users/" + account.id, "users/" + account.id + "?full=Y&extended=Y",
        "users?user_ids=" + account.id, "users?extended=Y&full=Y&user_ids=" + account.id}) {
    const std::string body = Root().Get(path).body;
    for (const char* secret : {account.key.c_str(), "api_key", "password", "salt", "argon2"}) {
      EXPECT_EQ(body.find(secret), std::string::npos) << path << " shows " << secret;
    }
  }
}

}  // namespace
}  // namespace rosterd::testing
