#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/cocoaheads/cocoaheads.h"

namespace rosterd::testing {
namespace {

using ::testing::StartsWith;

std::string AsJson(const std::string& bytes) { return R"({"photo":")" + Base64(bytes) + "\"}"; }

HttpResponse Fetch(const std::string& url) {
  return Cocoa("GET", url.substr(url.find("/user_photos/")));
}

TEST(CocoaheadsPhotos, AreServedByTheWebServer) {
  const AppUser user = Join();
  const HttpResponse patched = Cocoa("PATCH", "/user/" + user.id, AsJson(Png()), user.token);
  ASSERT_EQ(patched.status, 200) << patched.body;
  const std::string url = ParseJson(patched.body)["photo"].text;
  EXPECT_THAT(url, StartsWith("http://cocoaheads.localhost:" +
                              std::to_string(CocoaStack().HttpPort()) + "/user_photos/" + user.id));

  const HttpResponse photo = Fetch(url);

  EXPECT_EQ(photo.status, 200);
  EXPECT_EQ(photo.body, Png());
  EXPECT_EQ(photo.Header("Content-Type"), "image/png");
  EXPECT_EQ(photo.Header("X-Content-Type-Options"), "nosniff");
}

TEST(CocoaheadsPhotos, AreNotListedAndNotFoundOnceReplaced) {
  const AppUser user = Join();
  const std::string first =
      ParseJson(Cocoa("PATCH", "/user/" + user.id, AsJson(Png()), user.token).body)["photo"].text;
  const std::string second =
      ParseJson(Cocoa("PATCH", "/user/" + user.id, AsJson(Png()), user.token).body)["photo"].text;

  EXPECT_EQ(Fetch(first).status, 404);
  EXPECT_EQ(Fetch(second).status, 200);
  EXPECT_TRUE(IsRefusal(Fetch(first), 404));
  for (const std::string path : {"/user_photos/", "/user_photos/1", "/user_photos/1/"}) {
    EXPECT_TRUE(IsRefusal(Cocoa("GET", path), 404)) << path;
  }
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/user_photos/" + user.id + "/"), 404));
  EXPECT_TRUE(IsRefusal(Cocoa("GET", "/user_photos/" + user.id), 404));
}

TEST(CocoaheadsPhotos, ComeAsFilePartsOfMegabytes) {
  const AppUser user = Join();
  const std::string image = Png() + std::string(9U << 20U, 'x');
  HttpRequest request = CocoaRequest("PATCH", "/user/" + user.id, "", user.token);
  request.headers.emplace_back("Content-Type: multipart/form-data; boundary=b");
  request.body =
      "--b\r\nContent-Disposition: form-data; name=\"company\"\r\n\r\nKite\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../x.php\"\r\n"
      "Content-Type: application/x-php\r\n\r\n" +
      image + "\r\n--b--\r\n";

  const HttpResponse response = Send(request);

  ASSERT_EQ(response.status, 200) << response.body.substr(0, 300);
  EXPECT_EQ(ParseJson(response.body)["company"].text, "Kite");
  EXPECT_TRUE(Fetch(ParseJson(response.body)["photo"].text).body == image);
}

TEST(CocoaheadsPhotos, AreRefusedAboveTenMebibytes) {
  const AppUser user = Join();
  const std::string image = Png() + std::string(10U << 20U, 'x');
  EXPECT_TRUE(IsRefusal(Cocoa("PATCH", "/user/" + user.id, AsJson(image), user.token), 400));
}

TEST(CocoaheadsPhotos, LeaveNoOddFileBehind) {
  size_t incoming = 0;
  const std::filesystem::path folder = CocoaStack().State() / "photos" / "incoming";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    incoming += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(incoming, 0U);
}

TEST(CocoaheadsPhotos, GoWithAPurgedPerson) {
  const AppUser user = Join();
  const std::string url =
      ParseJson(Cocoa("PATCH", "/user/" + user.id, AsJson(Png()), user.token).body)["photo"].text;
  ASSERT_EQ(CocoaStack().Rosterctl({"user", "delete", user.id}).status, 0);
  ASSERT_EQ(CocoaStack().Rosterctl({"user", "purge", user.id}).status, 0);

  EXPECT_EQ(Fetch(url).status, 404);
}

}  // namespace
}  // namespace rosterd::testing
