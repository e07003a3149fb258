// Contract 4: which check comes first. Each request fails two checks; the earlier one answers.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

const Api& Nobody() {
  static const Api nobody(DefaultStack(), "");
  return nobody;
}

const Account& StoreAdmin() {
  static const Account account = AddAccount(DefaultStack(), "A", "N", "1");
  return account;
}

const Account& CustomerAccount() {
  static const Account account = AddAccount(DefaultStack(), "C", "N", "1");
  return account;
}

HttpResponse SendOf(const Api& api, const std::string& method, const std::string& path) {
  return Send(api.Request(method, path));
}

// An id of a store that is not the store administrator's.
const std::string& OtherStore() {
  static const std::string id =
      DefaultStack().RosterctlMember({"company", "add", "--name", "Other " + NewWord()}, "id");
  return id;
}

TEST(CscartChecks, AnswerTheBannerBeforeCredentials) {
  const Api wrong(DefaultStack(), "admin@example.com:wrong");

  EXPECT_EQ(wrong.Get("/api/?version").status, 200);
  EXPECT_EQ(Nobody().Get("/api/?version=True").status, 200);
}

TEST(CscartChecks, AskForCredentialsBeforeAnythingElse) {
  EXPECT_TRUE(IsError(SendOf(Nobody(), "OPTIONS", "users"), 401, ""));
  EXPECT_TRUE(IsError(Send(Nobody().Request("POST", "users", "application/xml", "<a/>")), 401, ""));
  EXPECT_TRUE(IsError(Nobody().Get("users", {"Accept: application/xml"}), 401, ""));
  EXPECT_TRUE(IsError(Nobody().Post("users", "{broken"), 401, ""));
  EXPECT_TRUE(IsError(Nobody().Get("nonsense"), 401, ""));
  EXPECT_TRUE(IsError(Nobody().Get("/api/9.9/users"), 401, ""));
  EXPECT_TRUE(IsError(Nobody().Get("stores/999999/users"), 401, ""));
  EXPECT_TRUE(IsError(SendOf(Nobody(), "PATCH", "users/1"), 401, ""));
  EXPECT_TRUE(IsError(SendOf(Nobody(), "PUT", "users"), 401, ""));
}

TEST(CscartChecks, AnswerOptionsBeforeTypesAndPaths) {
  for (const char* path : {"users", "users/1", "usergroups", "nonsense", "users/abc"}) {
    const HttpResponse response = Send(Root().Request("OPTIONS", path, "application/xml", "<a/>"));
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body, "") << path;
    EXPECT_NE(response.Header("Allow"), "") << path;
  }
}

TEST(CscartChecks, NameTheMethodsOfUsersInOptions) {
  const std::string allow = SendOf(Root(), "OPTIONS", "users/1").Header("Allow");

  for (const char* method : {"GET", "PUT", "DELETE"}) {
    EXPECT_NE(allow.find(method), std::string::npos) << allow;
  }
}

TEST(CscartChecks, LookAtTheContentTypeBeforeTheBody) {
  EXPECT_TRUE(IsError(Send(Root().Request("POST", "users", "text/html", "{broken")), 415, ""));
  EXPECT_TRUE(IsError(Send(Root().Request("PUT", "nonsense", "text/html", "{broken")), 415, ""));
}

TEST(CscartChecks, LookAtTheContentTypeBeforeThePath) {
  EXPECT_TRUE(IsError(Send(Root().Request("POST", "nonsense", "text/html", "a=b")), 415, ""));
  EXPECT_TRUE(IsError(Send(Root().Request("PUT", "users", "text/html", "a=b")), 415, ""));
}

TEST(CscartChecks, LookAtAcceptBeforeTheBodyAndThePath) {
  HttpRequest request = Root().Request("GET", "users", "application/json", "{broken");
  request.headers.emplace_back("Accept: application/xml");

  EXPECT_TRUE(IsError(Send(request), 406, ""));
  EXPECT_TRUE(IsError(Root().Get("nonsense", {"Accept: application/xml"}), 406, ""));
  EXPECT_TRUE(IsError(Root().Get("/api/9.9/users", {"Accept: application/xml"}), 406, ""));
}

TEST(CscartChecks, ParseTheBodyBeforeThePath) {
  EXPECT_TRUE(IsError(Root().Post("nonsense", "{broken"), 400, "messages"));
  EXPECT_TRUE(IsError(Root().Post("/api/9.9/users", "{broken"), 400, "messages"));
  EXPECT_TRUE(IsError(Root().Put("users/abc", "{broken"), 400, "messages"));
}

TEST(CscartChecks, LookAtIdsBeforeTheParent) {
  const Api store = As(DefaultStack(), StoreAdmin());

  EXPECT_TRUE(IsError(store.Get("stores/" + OtherStore() + "/users/abc"), 404));
  EXPECT_TRUE(IsError(store.Get("stores/" + OtherStore() + "/users/0"), 404));
}

TEST(CscartChecks, LookAtTheParentBeforeTheMethod) {
  const Api store = As(DefaultStack(), StoreAdmin());

  EXPECT_TRUE(IsError(SendOf(store, "PATCH", "stores/" + OtherStore() + "/users/1"), 403, ""));
  EXPECT_TRUE(IsError(SendOf(Root(), "PATCH", "stores/999999/users/1"), 404));
  EXPECT_TRUE(IsError(SendOf(Root(), "PUT", "stores/999999/users"), 404));
}

TEST(CscartChecks, LookAtTheMethodBeforeRights) {
  const Api customer = As(DefaultStack(), CustomerAccount());

  EXPECT_TRUE(IsError(SendOf(customer, "PATCH", "users/1"), 405));
  EXPECT_TRUE(IsError(SendOf(customer, "BREW", "users"), 405));
}

TEST(CscartChecks, LookAtRightsBeforeAMissingId) {
  const Api customer = As(DefaultStack(), CustomerAccount());

  EXPECT_TRUE(IsError(customer.Put("users", R"({"firstname":"x"})"), 403, ""));
  EXPECT_TRUE(IsError(customer.Delete("users"), 403, ""));
  EXPECT_TRUE(IsError(customer.Post("users/1", R"({"firstname":"x"})"), 403, ""));
}

TEST(CscartChecks, LookAtAMissingIdBeforeTheFields) {
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
           {"PUT", "users"}, {"DELETE", "users"}, {"POST", "users/1"}}) {
    const HttpResponse response = SendOf(Root(), method, path);
    EXPECT_TRUE(IsError(response, 405)) << method << " " << path;
    EXPECT_NE(response.Header("Allow"), "") << method << " " << path;
  }
}

TEST(CscartChecks, NeverTakeAnEmptyBodyForASyntaxError) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  EXPECT_EQ(Send(Root().Request("GET", "users/" + id, "application/json", "")).status, 200);
  EXPECT_TRUE(IsError(Root().Post("nonsense", ""), 404));
  EXPECT_EQ(Send(Root().Request("DELETE", "users/" + id, "application/json", "")).status, 204);
}

TEST(CscartChecks, RefuseMethodsThatNobodyKnows) {
  for (const char* method : {"PATCH", "BREW", "LINK", "PROPFIND"}) {
    EXPECT_TRUE(IsError(SendOf(Root(), method, "users/1"), 405)) << method;
    EXPECT_TRUE(IsError(SendOf(Root(), method, "users"), 405)) << method;
  }
}

TEST(CscartChecks, RefuseIdsThatAreNoNumber) {
  for (const char* id : {"abc", "-1", "1.0", "0", "00", "1a", "+1", "0x1", "%31a"}) {
    EXPECT_TRUE(IsError(Root().Get(std::string("users/") + id), 404)) << id;
    EXPECT_TRUE(IsError(Root().Delete(std::string("users/") + id), 404)) << id;
    EXPECT_TRUE(IsError(Root().Put(std::string("users/") + id, R"({"company":"x"})"), 404)) << id;
  }
}

TEST(CscartChecks, TakeIdsWithLeadingZerosAndRefuseEndlessOnes) {
  EXPECT_EQ(Root().Get("users/001").status, 200);
  EXPECT_EQ(ParseJson(Root().Get("users/001").body)["user_id"].text, "1");
  EXPECT_TRUE(IsError(Root().Get("users/18446744073709551617"), 404));
  EXPECT_TRUE(IsError(Root().Get("users/" + std::string(200, '9')), 404));
}

TEST(CscartChecks, AnswerHeadAsGetWithoutTheBody) {
  const HttpResponse get = Root().Get("users/1");
  const HttpResponse head = SendOf(Root(), "HEAD", "users/1");

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Header("Content-Type"), "application/json");
  EXPECT_EQ(head.Header("Content-Length"), std::to_string(get.body.size()));
  EXPECT_EQ(SendOf(Root(), "HEAD", "users").status, 200);
  EXPECT_EQ(SendOf(Root(), "HEAD", "users/999999999").status, 404);
  EXPECT_EQ(SendOf(Nobody(), "HEAD", "users").status, 401);
}

}  // namespace
}  // namespace rosterd::testing
