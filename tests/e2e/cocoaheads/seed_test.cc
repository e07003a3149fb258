// The calls of the customer's document, word for word but for the host, the names and the token.

#include <gtest/gtest.h>

#include "tests/e2e/cocoaheads/cocoaheads.h"

namespace rosterd::testing {
namespace {

const std::vector<std::string> kMembers = {"id",       "name",  "lastname", "company",
                                           "position", "email", "phone",    "photo"};

// On the origin that all dialects share: the headers tell whose /users it is.
HttpResponse Shared(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& token) {
  HttpRequest request = CocoaRequest(method, path, body, token);
  request.headers.erase(request.headers.begin());
  return Send(request);
}

class CocoaheadsSeed : public ::testing::TestWithParam<bool> {
 protected:
  static HttpResponse Call(const std::string& method, const std::string& path,
                           const std::string& body = "", const std::string& token = "") {
    return GetParam() ? Shared(method, path, body, token) : Cocoa(method, path, body, token);
  }
  static std::string Address(const std::string& name) {
    return name + (GetParam() ? "@apple.com" : "@apple.example");
  }
};

TEST_P(CocoaheadsSeed, CreatesAUserWithOnlyRequiredParameters) {
  const std::string email = Address("john");

  const HttpResponse response =
      Call("POST", "/users", R"({"name":"John","lastname":"Appleseed","email":")" + email + "\"}");

  EXPECT_EQ(response.status, 200);
  const Json user = ParseJson(response.body);
  EXPECT_TRUE(user["id"].IsNumber());
  EXPECT_JSON_EQ(
      response.body,
      R"({"id":)" + user["id"].text +
          R"(,"name":"John","lastname":"Appleseed","company":"","position":"","email":")" + email +
          R"(","phone":"","photo":""})");
  EXPECT_EQ(response.Header("user-token").size(), 43U);
}

TEST_P(CocoaheadsSeed, ShowsAndUpdatesAUser) {
  const std::string email = Address("ann");
  const HttpResponse created =
      Call("POST", "/users", R"({"name":"Ann","lastname":"Appleseed","email":")" + email + "\"}");
  const std::string id = ParseJson(created.body)["id"].text;
  const std::string token = created.Header("user-token");

  const HttpResponse patched =
      Call("PATCH", "/user/" + id,
           R"({"company":"Apple","position":"Employee","phone":"1234567890",)"
           R"("photo":"http://cocoaheads.ru/resources/photos/john_appleseed.jpg"})",
           token);
  const HttpResponse shown = Call("GET", "/users/" + id, "", token);

  EXPECT_EQ(patched.status, 200);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(ParseJson(shown.body).Names(), kMembers);
  EXPECT_EQ(shown.body, patched.body);
  EXPECT_JSON_EQ(shown.body,
                 R"({"id":)" + id +
                     R"(,"name":"Ann","lastname":"Appleseed","company":"Apple",)"
                     R"("position":"Employee","email":")" +
                     email +
                     R"(","phone":"1234567890",)"
                     R"("photo":"http://cocoaheads.ru/resources/photos/john_appleseed.jpg"})");
}

TEST_P(CocoaheadsSeed, RegistersForPushes) {
  const AppUser user = Join();

  const HttpResponse response =
      Call("POST", "/users/clients", R"({"push_token":")" + user.email + "\"}", user.token);

  EXPECT_EQ(response.status, 200);
  const Json client = ParseJson(response.body);
  EXPECT_EQ(client.Names(), (std::vector<std::string>{"id", "user_id", "push_token"}));
  EXPECT_TRUE(client["id"].IsNumber());
  EXPECT_EQ(client["user_id"].text, user.id);
}

INSTANTIATE_TEST_SUITE_P(AloneAndShared, CocoaheadsSeed, ::testing::Bool());

}  // namespace
}  // namespace rosterd::testing
