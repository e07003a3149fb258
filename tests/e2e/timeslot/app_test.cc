// One day of the phone app, through nginx.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/timeslot/timeslot.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;

TEST(TimeslotApp, SignsUpReadsChangesAndLeaves) {
  const HttpResponse joined =
      Slot("POST", "/v1/users",
           R"({"username":"Mira Falk","email":"mira@app.example","password":"s3cret-tea"})", "");
  ASSERT_EQ(joined.status, 201) << joined.body;
  const Json session = ParseJson(joined.body);
  const std::string path = "/v1/users/" + session["id"].text;
  const std::string token = session["authToken"].text;

  const HttpResponse own = Slot("GET", path, "", token);
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(ParseJson(own.body).Names().size(), 28U);

  HttpRequest again = SlotRequest("GET", path, "", token);
  again.headers.push_back("If-None-Match: " + own.Header("ETag"));
  const HttpResponse unchanged = Send(again);
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.Header("ETag"), own.Header("ETag"));
  EXPECT_EQ(unchanged.Count("Content-Type"), 0);

  HttpRequest head = SlotRequest("HEAD", path, "", token);
  const HttpResponse length = Send(head);
  EXPECT_EQ(length.status, 200);
  EXPECT_EQ(length.Header("Content-Length"), std::to_string(own.body.size()));

  HttpRequest form = SlotRequest("PATCH", "/v1/users", "", token);
  form.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
  form.body = "username=Mira+F.&image%5BpublicId%5D=v1%2Fa.jpg";
  const Json changed = ParseJson(Send(form).body);
  EXPECT_EQ(changed["username"].text, "Mira F.");
  EXPECT_EQ(changed["image"].text, "v1/a.jpg");

  const HttpResponse list = Slot("GET", "/v1/users", "", token);
  EXPECT_THAT(list.body, HasSubstr("\"url\":\"http://" + SlotStack().Host("timeslot")));
  EXPECT_EQ(Slot("DELETE", "/v1/users", "", token).status, 200);
  EXPECT_EQ(Slot("GET", path, "", token).status, 401);
}

// DESIGN.md section 2 and contract section 7: the unique index settles the race.
TEST(TimeslotApp, GivesAnAddressOrNumberToOneOfManyAtOnce) {
  for (const std::string taken : {"phone", "email"}) {
    const std::string value = taken == "phone" ? "+49 30 777" : "race@app.example";
    std::vector<HttpRequest> requests;
    for (int i = 0; i < 8; ++i) {
      requests.push_back(SlotRequest(
          "POST", "/v1/users",
          R"({"username":"Racer","password":"s3cret-tea",")" + taken + R"(":")" + value + "\"}"));
    }
    int made = 0;
    for (const HttpResponse& response : SendAll(requests, 8)) {
      made += response.status == 201 ? 1 : 0;
      if (response.status == 201) continue;
      EXPECT_EQ(response.status, 422);
      EXPECT_EQ(response.body, R"({"error":{")" + taken + R"(":["has already been taken"]}})");
    }
    EXPECT_EQ(made, 1) << taken;
  }
}

TEST(TimeslotApp, IsRefusedInItsOwnWords) {
  const HttpResponse nobody = Slot("GET", "/v1/users");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(nobody.body, "Bad credentials");
  EXPECT_EQ(nobody.Header("WWW-Authenticate"), R"(Token realm="Application")");

  const HttpResponse nothing = Slot("GET", "/v1/me");
  EXPECT_EQ(nothing.status, 404);
  EXPECT_EQ(nothing.body, R"({"status":"404","error":"Not Found"})");

  const HttpResponse broken = Slot("PATCH", "/v1/users", "{");
  EXPECT_EQ(broken.status, 400);
  EXPECT_EQ(broken.body, R"({"status":"400","error":"Bad Request"})");
}

TEST(TimeslotApp, CutsALongRequestIdWhereNginxAnswersItself) {
  HttpRequest request = SlotRequest("POST", "/v1/users", std::string(70000, 'x'));
  request.headers.push_back("X-Request-Id: " + std::string(300, 'r'));
  const HttpResponse refused = Send(request);
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(refused.body, R"({"status":"413","error":"Payload Too Large"})");
  EXPECT_EQ(refused.Header("X-Request-Id"), std::string(255, 'r'));
}

TEST(TimeslotApp, MailsNoLinkToAHostThatTheClientMadeUp) {
  const std::string sign_up =
      R"({"username":"Vic","email":"vic@mail.example","password":"s3cret-tea"})";
  ASSERT_EQ(Slot("POST", "/v1/users", sign_up).status, 201);

  // The server block without a name of its own takes every host.
  HttpRequest request = SlotRequest("POST", "/v1/users/reset", R"({"email":"vic@mail.example"})");
  request.headers.front() = "Host: thief.example";
  EXPECT_EQ(Send(request).status, 200);
  EXPECT_THAT(SlotStack().Sql("SELECT text_body FROM mail_outbox ORDER BY id DESC LIMIT 1"),
              HasSubstr("http://localhost/v1/users/reset/password?token="));
}

}  // namespace
}  // namespace rosterd::testing
