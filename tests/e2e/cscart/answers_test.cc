// Contract 8 and 9: Accept, headers, errors, and the user object.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

TEST(CscartAccept, ChoosesTheType) {
  struct Case {
    std::string accept;
    std::string type;
  };
  for (const Case& row : std::vector<Case>{
           {"application/json", "application/json"},
           {"application/javascript", "application/json"},
           {"text/plain", "text/plain"},
           {"*/*", "application/json"},
           {"application/*", "application/json"},
           {"APPLICATION/JSON", "application/json"},
           {"application/json; charset=utf-8", "application/json"},
           {"application/json, text/plain, */*", "application/json"},
           {"text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
            "application/json"},
           {"text/plain;q=0.5, application/json", "application/json"},
           {"application/json;q=0.5, text/plain", "text/plain"},
           {"application/xml, text/plain;q=0.3, application/json;q=0.2", "text/plain"},
           {"application/json;q=0.9, text/plain;q=0.95", "text/plain"},
           {"application/xml,application/json", "application/json"}}) {
    const HttpResponse response = Root().Get("users/1", {"Accept: " + row.accept});
    EXPECT_EQ(response.status, 200) << row.accept;
    EXPECT_EQ(response.Header("Content-Type"), row.type) << row.accept;
    EXPECT_EQ(ParseJson(response.body)["user_id"].text, "1") << row.accept;
  }
  EXPECT_EQ(Root().Get("users/1", {"Accept: text/*"}).status, 200);
}

TEST(CscartAccept, DefaultsToJson) {
  EXPECT_EQ(Root().Get("users/1").Header("Content-Type"), "application/json");
  EXPECT_EQ(Root().Get("users/1", {"Accept;"}).Header("Content-Type"), "application/json");
}

TEST(CscartAccept, RefusesWhatIsNotThere) {
  for (const char* accept : {"application/xml", "text/html", "image/png", "text/xml;q=1",
                             "application/vnd.api+json", "image/*"}) {
    const HttpResponse response = Root().Get("users", {std::string("Accept: ") + accept});
    EXPECT_EQ(response.status, 406) << accept;
    EXPECT_EQ(response.body, R"({"message":"Not Acceptable","status":406})") << accept;
    EXPECT_EQ(response.Header("Content-Type"), "application/json") << accept;
  }
  HttpRequest head = Root().Request("HEAD", "users");
  head.headers.emplace_back("Accept: application/xml");
  EXPECT_EQ(Send(head).status, 406);
}

TEST(CscartAccept, DoesNotCountForChanges) {
  HttpRequest request =
      Root().Request("POST", "users", "application/json", "{" + Customer(NewEmail()) + "}");
  request.headers.emplace_back("Accept: application/xml");
  const HttpResponse created = Send(request);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.Header("Content-Type"), "application/json");
  const std::string path = "users/" + ParseJson(created.body)["user_id"].text;

  request = Root().Request("PUT", path, "text/plain", "company=x");
  request.headers.emplace_back("Accept: text/html");
  EXPECT_EQ(Send(request).status, 200);
  request = Root().Request("DELETE", path);
  request.headers.emplace_back("Accept: application/xml");
  EXPECT_EQ(Send(request).status, 204);
}

TEST(CscartAnswers, CarryTheirHeaders) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
  for (const HttpResponse& response :
       {Root().Get("users"), Root().Get("users/1"), Root().Get("users/abc"),
        Root().Get("usergroups"), Root().PutForm("users/" + id, "company=x"),
        Root().PostForm("users", "x=y"), Root().Delete("users/1"),
        Api(DefaultStack(), "").Get("users")}) {
    EXPECT_EQ(response.Header("Content-Type"), "application/json") << response.status;
    EXPECT_EQ(response.Header("Cache-Control"), "no-store") << response.status;
    EXPECT_EQ(response.Header("X-Content-Type-Options"), "nosniff") << response.status;
    EXPECT_EQ(response.Count("Content-Type"), 1) << response.status;
  }
}

TEST(CscartAnswers, OfADeleteAreEmpty) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  const HttpResponse response = Root().Delete("users/" + id);

  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.Count("Content-Type"), 0);
  EXPECT_EQ(response.Header("Cache-Control"), "no-store");
}

TEST(CscartAnswers, NameAMissingFieldInMessages) {
  const HttpResponse response = Root().PostForm("users", "user_type=C&company_id=1");

  EXPECT_TRUE(IsError(response, 400, "messages"));
  const Json messages = ParseJson(response.body)["messages"];
  EXPECT_EQ(messages.items.size(), 1U);
  EXPECT_NE(messages[0].text.find("email"), std::string::npos);
}

TEST(CscartAnswers, NameAllMissingFieldsInMessages) {
  const HttpResponse response = Root().PostForm("users", "firstname=x");

  EXPECT_TRUE(IsError(response, 400, "messages"));
  for (const char* field : {"email", "user_type", "company_id"}) {
    EXPECT_NE(ParseJson(response.body)["messages"].Canonical().find(field), std::string::npos);
  }
}

TEST(CscartAnswers, NameADuplicateInErrors) {
  EXPECT_TRUE(
      IsError(Root().Post("users", "{" + Customer("admin@example.com") + "}"), 400, "errors"));
}

TEST(CscartAnswers, ToAMissingUserAreExactlyAsPromised) {
  EXPECT_EQ(Root().Get("users/999999999").body, R"({"message":"Not Found","status":404})");
}

TEST(CscartAnswers, ToSuccessHaveNoMessage) {
  const std::string email = NewEmail();
  const HttpResponse created = Root().Post("users", "{" + Customer(email) + "}");
  const std::string path = "users/" + ParseJson(created.body)["user_id"].text;
  for (const HttpResponse& response :
       {created, Root().Get("users"), Root().Get(path), Root().PutForm(path, "company=x"),
        Root().Get("usergroups"), Root().Get(path + "/usergroups"), Root().Get("version"),
        Root().Post("usergroups", R"({"type":"C","status":"A","usergroup":"g"})"),
        Root().Get(path + "?full=Y&extended=Y")}) {
    EXPECT_LT(response.status, 300);
    EXPECT_TRUE(ParseJson(response.body)["message"].IsMissing()) << response.body;
  }
}

TEST(CscartAnswers, OfNginxItselfAreJsonToo) {
  const std::string long_query = "users?x=" + std::string(70000, 'x');
  const HttpResponse too_long = Root().Get(long_query);
  EXPECT_EQ(too_long.status, 414);
  EXPECT_TRUE(ParseJson(too_long.body).IsObject()) << too_long.body;

  const HttpResponse large_header = Root().Get("users", {"X-Large: " + std::string(70000, 'x')});
  EXPECT_EQ(large_header.status, 400);
  EXPECT_TRUE(ParseJson(large_header.body).IsObject()) << large_header.body;
}

TEST(CscartUserObject, HasItsTwelveMembersInOrder) {
  const std::string email = NewEmail();
  const std::string id = Root().AddUser(
      R"({"email":")" + email +
      R"(","user_type":"C","company_id":1,"status":"H","user_login":"login-)" + email +
      R"(","firstname":"Mira","lastname":"Sokol","company":"Acme",)"
      R"("timestamp":1700000000,"phone":"1","b_city":"Tula"})");

  EXPECT_JSON_EQ(Root().Get("users/" + id).body,
                 R"({"user_id":")" + id + R"(","user_login":"login-)" + email +
                     R"(","is_root":"N","timestamp":"1700000000","user_type":"C","status":"H",)"
                     R"("firstname":"Mira","lastname":"Sokol","email":")" +
                     email + R"(","company":"Acme","company_id":"1","company_name":"Main store"})");
}

TEST(CscartUserObject, IsWrittenWithoutBlanksAndWithStringsOnly) {
  const std::string email = NewEmail();
  const std::string id = Root().AddUser(R"({"email":")" + email +
                                        R"(","user_type":"P","company_id":77777,"timestamp":0})");
  const Json user = Root().User(id);

  for (const std::string& name : user.Names()) {
    EXPECT_TRUE(name == "company_name" || user[name].IsString()) << name;
  }
  EXPECT_EQ(user["user_login"].text, "user_" + id);
  EXPECT_EQ(user["firstname"].text, "");
  EXPECT_EQ(user["lastname"].text, "");
  EXPECT_EQ(user["company"].text, "");
  EXPECT_EQ(user["company_id"].text, "77777");
  EXPECT_TRUE(user["company_name"].IsNull());
}

TEST(CscartUserObject, IsTheSameInAListAndAlone) {
  const Json list = ParseJson(Root().Get("users?user_ids=1").body);

  EXPECT_EQ(list["users"][0].Canonical(), Root().User("1").Canonical());
}

}  // namespace
}  // namespace rosterd::testing
