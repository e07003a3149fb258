#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/cocoaheads/cocoaheads.h"

namespace rosterd::testing {
namespace {

TEST(CocoaheadsWeb, RefusesInOneShapeWhoeverRefuses) {
  const AppUser user = Join();
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/nowhere"), 404));
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/users/abc"), 404));
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/users//7"), 404));
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/users"), 405));
  EXPECT_TRUE(IsRefusal(Cocoa("PATCH", "/user/" + user.id, "{", user.token), 400));
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/users/" + Join().id, "", user.token), 403));
  HttpRequest other = CocoaRequest("PATCH", "/user/" + user.id, "<x/>", user.token);
  other.headers.back() = "Content-Type: text/xml";
  EXPECT_TRUE(IsRefusal(Send(other), 415));
}

TEST(CocoaheadsWeb, RefusesBodiesAboveTheLimitInJson) {
  const AppUser user = Join();
  const std::string body = R"({"x":")" + std::string(16U << 20U, 'a') + "\"}";
  EXPECT_TRUE(IsRefusal(Cocoa("PATCH", "/user/" + user.id, body, user.token), 413));
}

TEST(CocoaheadsWeb, NeverRedirects) {
  for (const std::string path :
       {"/users/", "/user", "/user/", "/user/7/", "/api/users", "/method"}) {
    for (const std::string method : {"GET", "POST", "HEAD"}) {
      const HttpResponse response = Cocoa(method, path);
      EXPECT_GE(response.status, 400) << method << path;
      EXPECT_EQ(response.Count("Location"), 0) << method << path;
    }
  }
}

TEST(CocoaheadsWeb, AnswersOptionsAndHead) {
  const AppUser user = Join();
  const HttpResponse options = Cocoa("OPTIONS", "/user/" + user.id);
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Header("Allow"), "GET, HEAD, PATCH");
  const HttpResponse get = Cocoa("GET", "/user/" + user.id, "", user.token);
  const HttpResponse head = Cocoa("HEAD", "/user/" + user.id, "", user.token);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Header("Content-Length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.Header("Cache-Control"), "private, no-cache");
}

TEST(CocoaheadsWeb, AnswersOverHttpsToo) {
  const AppUser user = Join();
  HttpRequest request = CocoaRequest("GET", "/api/user/" + user.id, "", user.token);
  request.url = CocoaStack().Https() + "/api/user/" + user.id;
  request.ca_file = CocoaStack().CaFile();
  EXPECT_EQ(Send(request).status, 200);
}

TEST(CocoaheadsWeb, BearsParallelRegistrations) {
  const AppUser vera = Join();
  const AppUser anna = Join();
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 40; ++i) {
    requests.push_back(CocoaRequest("POST", "/users/clients",
                                    R"({"push_token":"device-)" + std::to_string(i % 3) + "\"}",
                                    i % 2 == 0 ? vera.token : anna.token));
  }

  for (const HttpResponse& response : SendAll(requests, 8)) {
    EXPECT_EQ(response.status, 200) << response.body;
  }

  EXPECT_LE(
      std::stoi(CocoaStack().Sql("SELECT COUNT(*) FROM cocoaheads_clients WHERE user_id IN (" +
                                 vera.id + "," + anna.id + ")")),
      2);
}

TEST(CocoaheadsWeb, LetsOneOfManyHaveAnAddress) {
  const std::vector<HttpRequest> requests(
      8,
      CocoaRequest("POST", "/users", R"({"name":"A","lastname":"B","email":"race@example.org"})"));
  int made = 0;
  for (const HttpResponse& response : SendAll(requests, 8)) {
    EXPECT_TRUE(response.status == 200 || response.status == 409) << response.body;
    made += response.status == 200 ? 1 : 0;
  }
  EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace rosterd::testing
