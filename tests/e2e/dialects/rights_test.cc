// DESIGN.md 2, rule 4: rights never cross dialects.

#include <gtest/gtest.h>

#include <utility>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

/// A secret, the dialect that it belongs to, and the login that goes with it in Basic.
struct Secret {
  std::string what;
  std::string dialect;
  std::string login;
  std::string value;
};

std::vector<Secret> Secrets() {
  const Stack& stack = World();
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  const Json cms = ParseJson(
      Of("bedita")
          .SignIn(stack.Credential("bedita", "username"), stack.Credential("bedita", "password"))
          .body)["meta"];
  const std::string shop_token =
      ParseJson(Of("cscart").SignIn(email, "pass word").body)["token"].text;
  return {
      {"cscart key", "cscart", stack.AdminEmail(), stack.AdminKey()},
      {"cscart token", "cscart", email, shop_token},
      {"bedita key", "bedita", stack.AdminEmail(), stack.Credential("bedita", "api_key")},
      {"bedita access", "bedita", stack.AdminEmail(), cms["jwt"].text},
      {"bedita renew", "bedita", stack.AdminEmail(), cms["renew"].text},
      {"brightact admin", "brightact", stack.AdminEmail(),
       stack.Credential("brightact", "admin_key")},
      {"brightact user", "brightact", stack.AdminEmail(),
       stack.Credential("brightact", "user_key")},
      {"cocoaheads token", "cocoaheads", email, TokenOf(stack, "cocoaheads", id)},
      {"timeslot token", "timeslot", email, TokenOf(stack, "timeslot", id)},
      {"password", "", email, "pass word"},
      {"administrator's password", "", stack.Credential("bedita", "username"),
       stack.Credential("bedita", "password")},
  };
}

/// A path of each dialect that nobody may call without a credential.
struct Guarded {
  std::string dialect;
  std::string method;
  std::string path;
};

const std::vector<Guarded> kGuarded = {{"cscart", "GET", "/api/2.0/users"},
                                       {"bedita", "GET", "/users"},
                                       {"bedita", "POST", "/users"},
                                       {"bedita", "GET", "/auth/user"},
                                       {"brightact", "GET", "/api/v1/user/my"},
                                       {"brightact", "GET", "/api/v1/orgs"},
                                       {"cocoaheads", "GET", "/users/1"},
                                       {"cocoaheads", "POST", "/users/clients"},
                                       {"timeslot", "GET", "/v1/users"},
                                       {"timeslot", "DELETE", "/v1/users"}};

/// The secret in every place where some dialect looks for one.
std::vector<HttpRequest> Spellings(const Secret& secret, const Guarded& guarded) {
  HttpRequest bare = PlainRequest(World(), guarded.method, guarded.path);
  if (guarded.method == "POST") {
    bare.headers.push_back("Content-Type: application/json");
    bare.body = R"({"data":{"type":"users","attributes":{"username":"intruder"}}})";
  }
  bare.headers.push_back(World().HostHeader(guarded.dialect));
  std::vector<HttpRequest> requests;
  for (const char* header : {"X-Api-Key: ", "Authorization: Bearer ",
                             "user-token: ", "client-token: ", "Authorization: Token token="}) {
    requests.push_back(bare);
    requests.back().headers.push_back(header + secret.value);
  }
  for (const std::string& login :
       {secret.login + ":" + secret.value, secret.value + ":", secret.login + ":"}) {
    requests.push_back(bare);
    requests.back().login = login;
  }
  for (const char* name : {"key", "api_key", "token", "user-token"}) {
    requests.push_back(bare);
    requests.back().url += std::string("?") + name + "=" + UrlEncode(secret.value);
  }
  return requests;
}

TEST(DialectsRights, NoSecretOfOneOpensAnother) {
  for (const Secret& secret : Secrets()) {
    ASSERT_FALSE(secret.value.empty()) << secret.what;
    for (const Guarded& guarded : kGuarded) {
      if (guarded.dialect == secret.dialect) continue;
      for (const HttpRequest& request : Spellings(secret, guarded)) {
        const HttpResponse answer = Send(request);
        EXPECT_TRUE(answer.status == 401 || answer.status == 403)
            << secret.what << " at " << guarded.method << " " << request.url << " "
            << ::testing::PrintToString(request.headers) << ": " << answer.status << answer.body;
      }
    }
  }
  EXPECT_EQ(World().Sql("SELECT COUNT(*) FROM users WHERE username = 'intruder'"), "0\n");
}

TEST(DialectsRights, EachSecretOpensItsOwn) {
  const Stack& stack = World();
  HttpRequest console =
      PlainRequest(stack, "GET", "/api/v1/orgs?key=" + stack.Credential("brightact", "admin_key"));
  console.headers.push_back(stack.HostHeader("brightact"));
  EXPECT_EQ(Send(console).status, 200);
  console.url = stack.Http() + "/api/v1/orgs?key=" + stack.Credential("brightact", "user_key");
  EXPECT_EQ(Send(console).status, 403);
  console.url = stack.Http() + "/api/v1/user/my?key=" + stack.Credential("brightact", "user_key");
  EXPECT_EQ(Send(console).status, 200);
  HttpRequest cms = BeditaRequest(stack, "GET", "/auth/user");
  cms.headers.push_back(stack.HostHeader("bedita"));
  EXPECT_EQ(Send(cms).status, 200);
}

TEST(DialectsRights, AnAdministratorOfOneIsNobodyInAnother) {
  const Stack& stack = World();
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  ASSERT_EQ(stack
                .Rosterctl({"user", "set", id, "--cscart-type", "A", "--cscart-root", "Y",
                            "--cscart-company", "0"})
                .status,
            0);
  const std::string console_key = stack.RosterctlMember(
      {"key", "add", "--dialect", "brightact", "--user", id, "--role", "admin"}, "key");
  ASSERT_EQ(Send(PlainRequest(stack, "GET", "/api/v1/orgs?key=" + console_key)).status, 200);

  const HttpResponse cms = Of("bedita").SignIn(email, "pass word");
  ASSERT_EQ(cms.status, 200);
  HttpRequest write =
      PlainRequest(stack, "POST", "/users", "application/vnd.api+json",
                   R"({"data":{"type":"users","attributes":{"username":"intruder2"}}})");
  write.headers.push_back("X-Api-Key: " + stack.Credential("bedita", "api_key"));
  write.headers.push_back("Authorization: Bearer " + ParseJson(cms.body)["meta"]["jwt"].text);
  EXPECT_EQ(Send(write).status, 403);

  // The CMS's administrator, with a key of a user of the console and one of the shop.
  const std::string admin =
      stack.RosterctlMember({"user", "show", stack.Credential("bedita", "username")}, "id");
  const std::string user_key = stack.RosterctlMember(
      {"key", "add", "--dialect", "brightact", "--user", admin, "--role", "user"}, "key");
  EXPECT_EQ(Send(PlainRequest(stack, "GET", "/api/v1/orgs?key=" + user_key)).status, 403);
}

}  // namespace
}  // namespace rosterd::testing
