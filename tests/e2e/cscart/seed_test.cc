// The requests of the customer's document, word for word but for the host and the credentials.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

struct CurlAnswer {
  std::string status;
  std::string body;
};

// Runs the curl command itself; `arguments` are those of the document, with the path as the last.
CurlAnswer Curl(std::vector<std::string> arguments, const std::string& path) {
  const Stack& stack = DefaultStack();
  std::vector<std::string> words = {
      "curl", "-sS", "-w", "\n%{http_code}", "-u", stack.AdminEmail() + ":" + stack.AdminKey()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.push_back(stack.Http() + path);
  const std::string out = RunCommand(words).out;
  const std::size_t end = out.rfind('\n');
  return {out.substr(end + 1), out.substr(0, end)};
}

const std::vector<std::string> kMembers = {"user_id",   "user_login", "is_root",    "timestamp",
                                           "user_type", "status",     "firstname",  "lastname",
                                           "email",     "company",    "company_id", "company_name"};

TEST(CscartSeed, ListsUsers) {
  const CurlAnswer answer = Curl({"-X", "GET"}, "/api/2.0/users");

  EXPECT_EQ(answer.status, "200");
  EXPECT_EQ(ParseJson(answer.body)["users"][0].Names(), kMembers);
}

TEST(CscartSeed, ListsUsersByLogin) {
  const std::string login = "customer" + NewWord();
  const std::string id =
      Root().AddUser("{" + Customer(NewEmail()) + R"(,"user_login":")" + login + R"("})");

  const CurlAnswer answer = Curl({"-X", "GET"}, "/api/2.0/users?user_login=" + login);

  EXPECT_EQ(answer.status, "200");
  const Json users = ParseJson(answer.body)["users"];
  ASSERT_EQ(users.items.size(), 1U);
  EXPECT_EQ(users[0]["user_id"].text, id);
  EXPECT_EQ(users[0].Names(), kMembers);
}

TEST(CscartSeed, ShowsTheFirstUser) {
  const CurlAnswer answer = Curl({"-X", "GET"}, "/api/2.0/users/1");

  EXPECT_EQ(answer.status, "200");
  const Json user = ParseJson(answer.body);
  EXPECT_EQ(user.Names(), kMembers);
  EXPECT_EQ(user["user_id"].text, "1");
  EXPECT_EQ(user["is_root"].text, "Y");
  EXPECT_EQ(user["user_type"].text, "A");
  EXPECT_EQ(user["company_id"].text, "0");
  EXPECT_TRUE(user["company_name"].IsNull());
}

TEST(CscartSeed, CreatesChangesAndDeletesAUser) {
  const std::string form =
      "user_login=tesst&user_type=C&status=A&firstname=Customer&lastname=Customer"
      "&email=test%40example.com&company_id=1";
  const CurlAnswer created =
      Curl({"--header", "Content-type: text/plain", "-X", "POST", "--data-binary", form},
           "/api/2.0/users");
  EXPECT_EQ(created.status, "201");
  const Json ids = ParseJson(created.body);
  EXPECT_EQ(ids.Names(), (std::vector<std::string>{"user_id", "profile_id"}));
  EXPECT_TRUE(ids["user_id"].IsNumber());
  EXPECT_TRUE(ids["profile_id"].IsString());
  const std::string id = ids["user_id"].text;

  const CurlAnswer changed =
      Curl({"--header", "Content-type: text/plain", "-X", "PUT", "--data-binary", "status=D"},
           "/api/2.0/users/" + id);
  EXPECT_EQ(changed.status, "200");
  EXPECT_JSON_EQ(changed.body, R"({"user_id":")" + id + R"(","profile_id":false})");
  EXPECT_EQ(Root().User(id)["status"].text, "D");

  const CurlAnswer deleted = Curl({"-X", "DELETE"}, "/api/2.0/users/" + id);
  EXPECT_EQ(deleted.status, "204");
  EXPECT_EQ(deleted.body, "");
}

TEST(CscartSeed, AnswersWith400WhenAUserCannotBeCreated) {
  const CurlAnswer answer =
      Curl({"--header", "Content-type: text/plain", "-X", "POST", "--data-binary", "user_type=C"},
           "/api/2.0/users");

  EXPECT_EQ(answer.status, "400");
}

TEST(CscartSeed, AnswersWith400WhenAUserCannotBeChanged) {
  const CurlAnswer answer =
      Curl({"--header", "Content-type: text/plain", "-X", "PUT", "--data-binary", "email="},
           "/api/2.0/users/1");

  EXPECT_EQ(answer.status, "400");
}

TEST(CscartSeed, AnswersWith400WhenAUserCannotBeDeleted) {
  const CurlAnswer answer = Curl({"-X", "DELETE"}, "/api/2.0/users/1");

  EXPECT_EQ(answer.status, "400");
}

}  // namespace
}  // namespace rosterd::testing
