// The published app, which sends forms with raw bytes and reads nothing but JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/cocoaheads/cocoaheads.h"

namespace rosterd::testing {
namespace {

HttpResponse App(const std::string& call, const std::string& form) {
  HttpRequest request = CocoaRequest("POST", "/method/" + call);
  request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
  request.body = form;
  return Send(request);
}

TEST(CocoaheadsApp, EditsAndReadsAProfileWithRawBytes) {
  const AppUser user = Join();
  const std::string token = "token=" + user.token;

  const HttpResponse edited =
      App("user/edit",
          token + "&name=%D0%92%D0%B5%D1%80%D0%B0&last_name=Orlova&email=" + UrlEncode(user.email) +
              "&phone=%2B7%20%28999%29%20000-00-00&company=\\ <a>\r\n^`{|}~"
              "&position=Lead \"iOS\"");
  const HttpResponse shown = App("user/profile", token + "&debug=1");

  EXPECT_EQ(edited.status, 200);
  EXPECT_EQ(edited.body, R"({"code":200,"answer":"ok"})");
  EXPECT_JSON_EQ(shown.body, R"({"id":)" + user.id +
                                 R"(,"name":"Вера","lastname":"Orlova","regStatus":"complete",)"
                                 R"("photo_url":"","company":"\\ <a>\r\n^`{|}~",)"
                                 R"x("position":"Lead \"iOS\"","phone":"+7 (999) 000-00-00",)x"
                                 R"("email":")" +
                                 user.email + "\"}");
}

TEST(CocoaheadsApp, IsToldWhatFailedInItsOwnShape) {
  const auto error = [](const HttpResponse& response) {
    return ParseJson(response.body)["error"].text;
  };
  EXPECT_EQ(error(App("user/register_push", "token=&push_token=a")), "accessForbidden");
  EXPECT_EQ(error(App("event/list", "token=")), "notFound");
  EXPECT_EQ(error(App("user/auth", "token=t&social=vk&secret=s")), "failedRequest");
  EXPECT_EQ(error(App("user/update_photo", "photo=" + std::string(17U << 20U, 'A'))),
            "failedRequest");
}

TEST(CocoaheadsApp, UploadsAPhoto) {
  const AppUser user = Join();
  const std::string token = "token=" + user.token;
  EXPECT_EQ(App("user/update_photo", token + "&photo=" + UrlEncode(Base64(Png()))).body,
            R"({"code":200,"answer":"ok"})");
  EXPECT_THAT(ParseJson(App("user/profile", token).body)["photo_url"].text,
              ::testing::HasSubstr("/user_photos/" + user.id + "/"));
}

}  // namespace
}  // namespace rosterd::testing
