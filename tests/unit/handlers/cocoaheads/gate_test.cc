#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CocoaheadsGate : public ::testing::Test {
 protected:
  Reply Send(const std::string& method, const std::string& target) {
    return world_.Send({.method = method, .target = target});
  }
  World world_;
};

TEST_F(CocoaheadsGate, NamesTheMethodsOfAKnownPath) {
  EXPECT_EQ(Send("GET", "/users").Header("Allow"), "POST");
  EXPECT_EQ(Send("GET", "/user").status, 405);
  EXPECT_EQ(Send("PUT", "/users/7").Header("Allow"), "GET, HEAD, PATCH");
  EXPECT_EQ(Send("DELETE", "/user/7").status, 405);
  EXPECT_EQ(Send("POST", "/user/7").status, 405);
  EXPECT_EQ(Send("GET", "/users/clients").Header("Allow"), "POST");
  EXPECT_EQ(Send("GET", "/users/clients/7").Header("Allow"), "DELETE");
  EXPECT_EQ(Send("PATCH", "/users/auth").Header("Allow"), "POST");
  EXPECT_EQ(Send("get", "/users/7").status, 405);
  EXPECT_THAT(Send("GET", "/users").body, HasSubstr(R"({"error":true,"reason":")"));
}

TEST_F(CocoaheadsGate, AnswersOptionsWithoutABody) {
  for (const char* path : {"/users", "/user/", "/api/users"}) {
    const Reply reply = Send("OPTIONS", path);
    EXPECT_EQ(reply.status, 204) << path;
    EXPECT_EQ(reply.Header("Allow"), "POST");
    EXPECT_EQ(reply.body, "");
  }
  EXPECT_EQ(Send("OPTIONS", "/users/7").Header("Allow"), "GET, HEAD, PATCH");
  EXPECT_EQ(Send("OPTIONS", "/users/abc").status, 404);
}

TEST_F(CocoaheadsGate, KnowsNoOtherPath) {
  for (const char* path : {"/",
                           "",
                           "/users/abc",
                           "/users/0",
                           "/users/-1",
                           "/users/me",
                           "/users/007",
                           "/users/7/photo",
                           "/users/12345678901234567890",
                           "/users/clients/0",
                           "/users/clients/abc",
                           "/users//7",
                           "/users/7//",
                           "/api",
                           "/api/api/users/7",
                           "/USERS/7",
                           "/users/%00",
                           "/users/../users/7",
                           "/clients",
                           "/method/user/profile",
                           "/user_photos/7/a.png",
                           "/users/auth/7",
                           "/users/+7"}) {
    const Reply reply = Send("GET", path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_THAT(reply.body, HasSubstr(R"({"error":true,"reason":")"));
    EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
  }
}

TEST_F(CocoaheadsGate, TakesEverySpellingOfAPath) {
  const Member vera = world_.Join();
  for (const std::string path : {"/users/", "/user/", "/api/users/", "/api/user/"}) {
    EXPECT_EQ(world_.Get(path + vera.id, vera.token).status, 200) << path;
    EXPECT_EQ(world_.Get(path + vera.id + "/", vera.token).status, 200) << path;
  }
  for (const char* path : {"/users/clients", "/user/clients", "/users/notification",
                           "/user/notification", "/api/user/notification/"}) {
    EXPECT_EQ(world_.Post(path, R"({"push_token":"t"})", vera.token).status, 200) << path;
  }
}

TEST_F(CocoaheadsGate, StripsThePrefixOfItsMount) {
  const Member vera = world_.Join();
  const Ask ask{.target = "/cocoa/users/" + vera.id, .token = vera.token, .prefix = "/cocoa"};
  EXPECT_EQ(world_.Send(ask).status, 200);
  EXPECT_EQ(world_.Get(ask.target, vera.token).status, 404);
}

TEST_F(CocoaheadsGate, NeverRedirectsAndNeverAsksForBasic) {
  for (const char* path : {"/users/7", "/users/7/", "/user/"}) {
    const Reply reply = Send("GET", path);
    EXPECT_EQ(reply.Header("Location"), "");
    EXPECT_EQ(reply.Header("WWW-Authenticate"), "");
    EXPECT_GE(reply.status, 400);
  }
}

TEST_F(CocoaheadsGate, NamesTheRouteAndThePersonForTheLog) {
  const Member vera = world_.Join();
  const Reply reply = world_.Get("/user/" + vera.id, vera.token);
  EXPECT_EQ(reply.response.route, "/users/{id}");
  EXPECT_EQ(reply.response.person, std::stoull(vera.id));
}

TEST_F(CocoaheadsGate, WordsTheErrorsOfTheLayersBelow) {
  fcgi::Request request;
  request.raw_path = "/users";
  const fcgi::Response response = world_.Own().dialect->Failed(request, 503);
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr(R"({"error":true,"reason":")"));
  EXPECT_THAT(response.headers,
              ::testing::Contains(std::pair<std::string, std::string>("Retry-After", "5")));
  EXPECT_EQ(world_.Own().dialect->Failed(request, 413).status, 413);
  EXPECT_EQ(world_.Own().dialect->Failed(request, 500).status, 500);
}

TEST(CocoaheadsDatabase, BeingAwayIsAnswered503) {
  World world;
  config::Settings settings = world.Settings();
  settings.database.hosts = {"/nowhere/mysql.sock"};
  Worker worker(settings);

  const Reply get = worker.Send({.target = "/users/7", .token = "t"});
  const Reply post =
      worker.Send({.method = "POST",
                   .target = "/users",
                   .body = R"({"name":"V","lastname":"O","email":"v@example.org"})"});

  EXPECT_EQ(get.status, 503);
  EXPECT_EQ(get.Header("Retry-After"), "5");
  EXPECT_EQ(post.status, 503);
  EXPECT_THAT(get.body, Not(HasSubstr("mysql")));
}

}  // namespace
}  // namespace rosterd::cocoaheads
