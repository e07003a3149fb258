// Contract sections 2, 4, 5, 6, 15, 16, 17, as clients meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "tests/e2e/bedita/api.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;

// Changes made by rosterctl show within a second; the machine may be slow.
bool Becomes(int status, const BeditaRequest& request) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (SendBedita(request).status == status) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST(BeditaCore, SignsTheAdministratorIn) {
  const HttpResponse home = SendBedita({.path = "/home", .bearer = BeditaAdmin().jwt});
  EXPECT_EQ(home.status, 200);
  EXPECT_EQ(home.Header("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(home.Header("X-BEdita-Version"), "4.13.1");
  EXPECT_EQ(home.Header("Cache-Control"), "no-store");
  const Json allow = ParseJson(home.body)["meta"]["resources"]["/users"]["hints"]["allow"];
  EXPECT_EQ(allow.Canonical(), R"(["GET","POST","PATCH","DELETE"])");
}

TEST(BeditaCore, HasTheFirstRecords) {
  const HttpResponse who = SendBedita({.path = "/auth/user", .bearer = BeditaAdmin().jwt});
  const Json user = ParseJson(who.body);
  EXPECT_EQ(user["data"]["attributes"]["username"].text, "bedita");
  EXPECT_EQ(user["data"]["attributes"]["uname"].text, "bedita");
  EXPECT_EQ(user["data"]["attributes"]["status"].text, "on");
  EXPECT_EQ(user["data"]["meta"]["locked"].text, "true");
  EXPECT_EQ(user["data"]["meta"]["created_by"].text, "1");
  EXPECT_EQ(user["included"][0]["attributes"]["name"].text, "admin");
  EXPECT_EQ(user["included"][0]["attributes"]["description"].text, "Administrators role");
  EXPECT_EQ(user["included"][0]["meta"]["priority"].text, "0");
  EXPECT_EQ(user["included"][0]["meta"]["unchangeable"].text, "true");
}

TEST(BeditaCore, PutsStatusAndTitleFirstIntoErrors) {
  const HttpResponse response = SendBedita({.path = "/home", .with_key = false});
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(ParseJson(response.body)["error"].Canonical(),
            R"({"status":"403","title":"Missing API key"})");
  EXPECT_EQ(ParseJson(response.body).Names(), (std::vector<std::string>{"error", "links"}));
}

TEST(BeditaCore, KnowsItsPaths) {
  EXPECT_EQ(TitleOf(SendBedita({.path = "/x"})), R"(A route matching "/x" could not be found.)");
  EXPECT_EQ(SendBedita({.path = "/"}).status, 301);
  EXPECT_EQ(SendBedita({.path = "/home/"}).status, 200);
  EXPECT_EQ(SendBedita({.path = "/users", .method = "PUT", .bearer = BeditaAdmin().jwt}).status,
            405);
}

TEST(BeditaCore, AnswersHeadWithoutABody) {
  for (const char* path : {"/home", "/status", "/users", "/users/1", "/roles", "/model/tags"}) {
    const HttpResponse response = SendBedita({.path = path, .method = "HEAD"});
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body, "") << path;
  }
}

TEST(BeditaCore, NegotiatesTheType) {
  EXPECT_EQ(SendBedita({.path = "/home", .accept = "application/json"}).Header("Content-Type"),
            "application/json");
  EXPECT_EQ(SendBedita({.path = "/home", .accept = "text/html"}).status, 406);
  EXPECT_EQ(SendBedita({.path = "/home", .accept = "application/vnd.api+json; m=test"}).status,
            415);
  EXPECT_EQ(SendBedita({.path = "/status", .accept = "*/*"}).Header("Content-Type"),
            "application/json");
}

TEST(BeditaCore, RenewsAsTheSdksDo) {
  AddBeditaUser("renewing", "renewing-password");
  BeditaTokens tokens = BeditaLogin("renewing", "renewing-password");
  for (int i = 0; i < 3; ++i) {
    const HttpResponse response = SendBedita({.path = "/auth",
                                              .method = "POST",
                                              .body = R"({"grant_type":"refresh_token"})",
                                              .bearer = tokens.renew});
    ASSERT_EQ(response.status, 200) << response.body;
    const Json meta = ParseJson(response.body)["meta"];
    EXPECT_NE(meta["renew"].text, tokens.renew);
    tokens = {meta["jwt"].text, meta["renew"].text};
    EXPECT_EQ(SendBedita({.path = "/auth/user", .bearer = tokens.jwt}).status, 200);
  }
}

TEST(BeditaCore, RenewsForTheOldSdkToo) {
  AddBeditaUser("oldsdk", "oldsdk-password");
  HttpRequest login;
  login.method = "POST";
  login.url = BeditaStack().Http() + "/auth";
  login.headers = {BeditaStack().HostHeader("bedita"),
                   "X-Api-Key: " + BeditaStack().Credential("bedita", "api_key"),
                   "Content-Type: application/x-www-form-urlencoded"};
  login.body = "username=oldsdk&password=oldsdk-password";
  const HttpResponse signed_in = Send(login);
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  const std::string renew = ParseJson(signed_in.body)["meta"]["renew"].text;
  EXPECT_EQ(SendBedita({.path = "/auth", .method = "POST", .bearer = renew}).status, 200);
  const std::string jwt = ParseJson(signed_in.body)["meta"]["jwt"].text;
  EXPECT_EQ(
      ParseJson(SendBedita({.path = "/auth", .bearer = jwt}).body)["data"]["attributes"]["username"]
          .text,
      "oldsdk");
}

TEST(BeditaCore, EndsSessionsWithinASecond) {
  using Act = std::function<void(const std::string& id)>;
  const auto ctl = [](std::vector<std::string> words) {
    EXPECT_EQ(BeditaStack().Rosterctl(std::move(words)).status, 0);
  };
  const std::vector<std::pair<std::string, Act>> acts = {
      {"deleted",
       [&](const std::string& id) {
         ctl({"user", "delete", id});
       }},
      {"blocked",
       [&](const std::string& id) {
         ctl({"user", "set", id, "--blocked", "on"});
       }},
      {"disabled",
       [&](const std::string& id) {
         ctl({"user", "set", id, "--status", "disabled"});
       }},
      {"renamed",
       [&](const std::string& id) {
         ctl({"user", "set", id, "--password", "quite another"});
       }},
  };
  for (const auto& [name, act] : acts) {
    const std::string id = AddBeditaUser(name, name + "-password");
    const BeditaTokens tokens = BeditaLogin(name, name + "-password");
    ASSERT_EQ(SendBedita({.path = "/auth/user", .bearer = tokens.jwt}).status, 200) << name;
    act(id);
    EXPECT_TRUE(Becomes(401, {.path = "/auth/user", .bearer = tokens.jwt})) << name;
    EXPECT_EQ(TitleOf(SendBedita({.path = "/auth/user", .bearer = tokens.jwt})),
              "Request not authorized");
    const HttpResponse renewed = SendBedita({.path = "/auth",
                                             .method = "POST",
                                             .body = R"({"grant_type":"refresh_token"})",
                                             .bearer = tokens.renew});
    EXPECT_EQ(TitleOf(renewed), "Login request not successful") << name;
  }
}

TEST(BeditaCore, GivesAndTakesRightsAtOnce) {
  const std::string id = AddBeditaUser("promoted", "promoted-password");
  const BeditaTokens tokens = BeditaLogin("promoted", "promoted-password");
  const BeditaRequest write{.path = "/roles?ids=999999", .method = "DELETE", .bearer = tokens.jwt};
  EXPECT_EQ(SendBedita(write).status, 403);
  ASSERT_EQ(BeditaStack().Rosterctl({"role", "grant", "--user", id, "--id", "1"}).status, 0);
  EXPECT_TRUE(Becomes(204, write));
  ASSERT_EQ(BeditaStack().Rosterctl({"role", "revoke", "--user", id, "--id", "1"}).status, 0);
  EXPECT_TRUE(Becomes(403, write));
}

TEST(BeditaCore, ServesApplicationsOfTheOperator) {
  const std::string key = BeditaStack().RosterctlMember(
      {"key", "add", "--dialect", "bedita", "--name", "site", "--secret", "s3cret"}, "key");
  BeditaRequest home{.path = "/home", .with_key = false, .headers = {"X-Api-Key: " + key}};
  EXPECT_EQ(SendBedita(home).status, 200);
  const auto grant = [&](const std::string& secret) {
    return SendBedita({.path = "/auth",
                       .method = "POST",
                       .body = R"({"grant_type":"client_credentials","client_id":)" + Quoted(key) +
                               R"(,"client_secret":)" + Quoted(secret) + "}",
                       .with_key = false});
  };
  EXPECT_EQ(grant("wrong").status, 401);
  const HttpResponse granted = grant("s3cret");
  ASSERT_EQ(granted.status, 200);
  const std::string jwt = ParseJson(granted.body)["meta"]["jwt"].text;
  EXPECT_EQ(SendBedita({.path = "/users", .bearer = jwt, .with_key = false}).status, 200);
  ASSERT_EQ(
      BeditaStack().Rosterctl({"key", "revoke", "--dialect", "bedita", "--value", key}).status, 0);
  EXPECT_TRUE(Becomes(403, home));
  EXPECT_TRUE(Becomes(401, {.path = "/users", .bearer = jwt, .with_key = false}));
  EXPECT_NE(BeditaStack().Rosterctl({"key", "revoke", "--dialect", "bedita", "--id", "1"}).status,
            0);
}

TEST(BeditaCore, GivesTheManagerItsSchemas) {
  const HttpResponse schema = SendBedita({.path = "/model/schema/users", .accept = "*/*"});
  EXPECT_EQ(schema.status, 200);
  EXPECT_EQ(schema.Header("Content-Type"), "application/schema+json");
  const HttpResponse again = SendBedita(
      {.path = "/model/schema/users", .headers = {"If-None-Match: " + schema.Header("ETag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
}

TEST(BeditaCore, SetsUpOnceAlone) {
  const CommandResult again = BeditaStack().Rosterctl({"bedita", "init"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr(R"("username":"bedita","password":null,"api_key":null)"));
}

}  // namespace
}  // namespace rosterd::testing
