// Each row of the contract's table of calls (section 4), as the PHP SDK sends it, through nginx.
#include <gtest/gtest.h>

#include "tests/e2e/brightact/api.h"

namespace rosterd::testing {
namespace {

constexpr const char* kForm = "application/x-www-form-urlencoded";

const std::vector<std::string> kUserMembers = {
    "id",          "username",        "first_name",      "last_name",  "company",
    "status",      "mobile",          "mobile_provider", "sp_num",     "org_id",
    "extra_email", "suppress_emails", "created_at",      "updated_at", "last_login"};

/// What holds for every answer: JSON, not empty, not stored, not elsewhere.
void ExpectGood(const HttpResponse& response) {
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(response.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(response.Header("Cache-Control"), "no-store");
  EXPECT_EQ(response.Header("Location"), "");
  EXPECT_EQ(response.Header("Content-Encoding"), "");
  EXPECT_FALSE(ParseJson(response.body).IsMissing());
}

TEST(BrightactSdk, CreatesAUser) {
  const std::string name = NewName("ines") + "@example.org";
  const HttpResponse response =
      SendAsSdk(MultipartPost(WithKey("user.json"), {{"username", name},
                                                     {"password", "pa ss&w+1"},
                                                     {"first_name", "Inès"},
                                                     {"last_name", "O'Hara \"Q\""},
                                                     {"status", "1"},
                                                     {"mobile", ""}}));
  ExpectGood(response);
  const Json created = ParseJson(response.body);
  EXPECT_EQ(created.Names(), std::vector<std::string>{"id"});
  ASSERT_TRUE(created["id"].IsString());
  const Json user = ParseJson(
      SendAsSdk({.method = "GET", .target = WithKey("user/" + created["id"].text + ".json")}).body);
  EXPECT_EQ(user["username"].text, name);
  EXPECT_EQ(user["first_name"].text, "Inès");
  EXPECT_EQ(user["last_name"].text, "O'Hara \"Q\"");
  EXPECT_EQ(user["mobile"].text, "0");
}

TEST(BrightactSdk, CreatesNoUserOfAnEmptyArray) {
  const HttpResponse response =
      SendAsSdk({.method = "POST", .target = WithKey("user.json"), .content_type = kForm});
  EXPECT_EQ(response.status, 400);
  EXPECT_JSON_EQ(response.body, R"({"errors":{"username":["Username cannot be blank."],)"
                                R"("password":["Password cannot be blank."],)"
                                R"("first_name":["First Name cannot be blank."],)"
                                R"("last_name":["Last Name cannot be blank."]}})");
}

TEST(BrightactSdk, UpdatesItsOwnAndAnotherUser) {
  const HttpResponse own = SendAsSdk({.method = "PUT",
                                      .target = WithKey("user/my.json", UserKey()),
                                      .content_type = kForm,
                                      .body = "last_name=Nowak+%C5%BBak&company=Kite"});
  ExpectGood(own);
  EXPECT_EQ(ParseJson(own.body).Names(), kUserMembers);
  EXPECT_EQ(ParseJson(own.body)["last_name"].text, "Nowak Żak");

  const std::string id = AddUser(NewName("u"));
  const HttpResponse other = SendAsSdk({.method = "PUT",
                                        .target = WithKey("user/" + id + ".json"),
                                        .content_type = kForm,
                                        .body = "sp_num=15&status=0"});
  ExpectGood(other);
  EXPECT_EQ(ParseJson(other.body)["sp_num"].text, "15");
  EXPECT_EQ(ParseJson(other.body)["status"].text, "0");
}

TEST(BrightactSdk, UpdatesNothingWithAnEmptyArray) {
  const std::string id = AddUser(NewName("u"));
  const std::string target = WithKey("user/" + id + ".json");
  const Json before = ParseJson(SendAsSdk({.method = "GET", .target = target}).body);
  const HttpResponse response =
      SendAsSdk({.method = "PUT", .target = target, .content_type = kForm});
  ExpectGood(response);
  EXPECT_EQ(ParseJson(response.body)["updated_at"].text, before["updated_at"].text);
}

TEST(BrightactSdk, DeletesAUserWithoutAContentLength) {
  const std::string target = WithKey("user/" + AddUser(NewName("u")) + ".json");
  const HttpResponse response = SendAsSdk({.method = "DELETE", .target = target});
  ExpectGood(response);
  EXPECT_EQ(response.body, R"({"message":"Success"})");
  EXPECT_EQ(ParseJson(SendAsSdk({.method = "GET", .target = target}).body)["is_deleted"].text, "1");
}

TEST(BrightactSdk, ResetsItsOwnAndAnotherPassword) {
  const std::string id = AddUser(NewName("u"));
  for (const auto& [path, key] :
       std::vector<std::pair<std::string, std::string>>{{"my", UserKey()}, {id, AdminKey()}}) {
    for (const std::string method : {"GET", "POST"}) {
      const HttpResponse response = SendAsSdk(
          {.method = method, .target = WithKey("resetUserPassword/" + path + ".json", key)});
      ExpectGood(response);
      EXPECT_EQ(response.Header("Pragma"), "no-cache");
      const Json answer = ParseJson(response.body);
      EXPECT_EQ(answer.Names(), (std::vector<std::string>{"id", "password"}));
      EXPECT_EQ(answer["password"].text.size(), 20U);
      EXPECT_EQ(answer["password"].text.find_first_not_of("0123456789abcdef"), std::string::npos);
    }
  }
}

TEST(BrightactSdk, GetsItsOwnAndAnotherUser) {
  std::vector<std::string> members = kUserMembers;
  members.insert(members.begin() + 10, "is_deleted");
  for (const std::string& path : {std::string("my"), AddUser(NewName("u"))}) {
    const HttpResponse response =
        SendAsSdk({.method = "GET", .target = WithKey("user/" + path + ".json")});
    ExpectGood(response);
    const Json user = ParseJson(response.body);
    EXPECT_EQ(user.Names(), members);
    for (const Member& member : user.members) EXPECT_TRUE(member.value.IsString()) << member.name;
  }
}

TEST(BrightactSdk, CreatesRenamesListsAndDeletesAnOrganisation) {
  const HttpResponse created =
      SendAsSdk(MultipartPost(WithKey("org.json"), {{"name", "Kite \"Works\" & Co"}}));
  ExpectGood(created);
  const std::string id = ParseJson(created.body)["id"].text;
  const std::string target = WithKey("org/" + id + ".json");

  const HttpResponse renamed = SendAsSdk(
      {.method = "PUT", .target = target, .content_type = kForm, .body = "name=Kite+Works+%2B1"});
  ExpectGood(renamed);
  EXPECT_EQ(ParseJson(renamed.body).Names(),
            (std::vector<std::string>{"id", "name", "created_at", "updated_at"}));
  EXPECT_EQ(ParseJson(renamed.body)["name"].text, "Kite Works +1");
  EXPECT_EQ(SendAsSdk({.method = "GET", .target = target}).body, renamed.body);

  const HttpResponse orgs = SendAsSdk({.method = "GET", .target = WithKey("orgs.json")});
  ExpectGood(orgs);
  EXPECT_NE(orgs.body.find(renamed.body), std::string::npos);

  const std::string member = AddUser(NewName("u"));
  const std::string user = "user/" + member + ".json";
  ExpectGood(SendAsSdk(
      {.method = "PUT", .target = WithKey(user), .content_type = kForm, .body = "org_id=" + id}));
  const HttpResponse listed =
      SendAsSdk({.method = "GET", .target = WithKey("users.json") + "&org_id=" + id});
  ExpectGood(listed);
  const Json users = ParseJson(listed.body);
  ASSERT_EQ(users.items.size(), 1U);
  EXPECT_EQ(users[0].Names(), kUserMembers);
  EXPECT_EQ(users[0]["id"].text, member);

  const HttpResponse deleted = SendAsSdk({.method = "DELETE", .target = target});
  ExpectGood(deleted);
  EXPECT_EQ(deleted.body, R"({"message":"Success"})");
  EXPECT_EQ(SendAsSdk({.method = "GET", .target = target}).status, 404);
  EXPECT_EQ(ParseJson(SendAsSdk({.method = "GET", .target = WithKey(user)}).body)["org_id"].text,
            "0");
}

TEST(BrightactSdk, ListsNobodyOfNoOrganisationGiven) {
  const HttpResponse response =
      SendAsSdk({.method = "GET", .target = WithKey("users.json") + "&org_id="});
  EXPECT_EQ(response.status, 400);
  EXPECT_JSON_EQ(response.body, R"({"errors":{"org_id":["Org ID cannot be blank."]}})");
}

TEST(BrightactSdk, IsToldToContinueWithALongBody) {
  SdkRequest request = MultipartPost(WithKey("org.json"), {{"name", std::string(900'000, 'n')}});
  request.headers = {"Expect: 100-continue"};
  const HttpResponse response = SendAsSdk(request);
  // The interim answer comes first on this connection.
  EXPECT_TRUE(response.status == 100 || response.status == 400) << response.status;
  EXPECT_NE(response.body.find(R"({"errors":{"name":["Name is too long."]}})"), std::string::npos)
      << response.body.substr(0, 300);
}

TEST(BrightactSdk, MeetsTheDialectUnderItsOwnNameToo) {
  HttpRequest request;
  request.url = BrightactStack().Http() + "/api/v1/user/my.json?key=" + AdminKey();
  request.headers = {BrightactStack().HostHeader("brightact")};
  const HttpResponse response = Send(request);
  ExpectGood(response);
}

}  // namespace
}  // namespace rosterd::testing
