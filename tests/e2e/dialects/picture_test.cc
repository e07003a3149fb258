// DESIGN.md 2: the row "picture", one for the two apps.

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>

#include "tests/e2e/dialects/world.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::testing {
namespace {

class Pictures : public ::testing::Test {
 protected:
  void SetUp() override { id_ = MakeWithPassword(NewAddress(), "pass word"); }

  HttpResponse SetPhoto(const std::string& photo) const {
    HttpRequest request = PlainRequest(World(), "PATCH", "/user/" + id_, "application/json",
                                       "{\"photo\":" + Quoted(photo) + "}");
    request.headers.push_back("user-token: " + TokenOf(World(), "cocoaheads", id_));
    return Send(request);
  }

  HttpResponse SetImage(const std::string& public_id) const {
    HttpRequest request = PlainRequest(World(), "PATCH", "/v1/users", "application/json",
                                       R"({"image":{"publicId":)" + Quoted(public_id) + "}}");
    request.headers.push_back("Authorization: Token token=" + TokenOf(World(), "timeslot", id_));
    return Send(request);
  }

  std::string Photo() const {
    HttpRequest request = PlainRequest(World(), "GET", "/user/" + id_);
    request.headers = {"user-token: " + TokenOf(World(), "cocoaheads", id_)};
    return ParseJson(Send(request).body)["photo"].text;
  }

  Json Image() const {
    HttpRequest request = PlainRequest(World(), "GET", "/v1/users/" + id_);
    request.headers = {"Authorization: Token token=" + TokenOf(World(), "timeslot", id_)};
    return ParseJson(Send(request).body)["image"];
  }

  /// A fetch of an upload of two hours ago, in whose place the other app has put its own.
  HttpRequest ReplacedUpload() const {
    EXPECT_EQ(SetPhoto("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=").status, 200);
    HttpRequest request;
    request.url = Photo();
    EXPECT_EQ(SetImage("v1/another").status, 200);
    const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(2);
    for (const auto& file :
         std::filesystem::directory_iterator(World().State() / "photos" / "user_photos" / id_)) {
      last_write_time(file, old);
    }
    return request;
  }

  std::string id_;
};

TEST_F(Pictures, AreNoneAtFirst) {
  EXPECT_EQ(Photo(), "");
  EXPECT_TRUE(Image().IsNull());
}

TEST_F(Pictures, AnAddressIsTheSameInBoth) {
  ASSERT_EQ(SetPhoto("https://img.example/a.png").status, 200);

  EXPECT_EQ(Photo(), "https://img.example/a.png");
  EXPECT_EQ(Image().text, "https://img.example/a.png");
}

TEST_F(Pictures, APublicIdIsADeliveryAddressInTheOther) {
  ASSERT_EQ(SetImage("v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg").status, 200);

  EXPECT_EQ(Image().text, "v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg");
  EXPECT_EQ(Photo(),
            "https://res.cloudinary.com/demo/image/upload/v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg");
}

TEST_F(Pictures, AnUploadIsServedByNginx) {
  // The smallest GIF there is.
  const std::string gif = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
  const HttpResponse answer = SetPhoto(gif);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const std::string photo = Photo();
  ASSERT_TRUE(photo.starts_with(World().Http() + "/user_photos/" + id_ + "/")) << photo;
  EXPECT_EQ(Image().text, photo);

  HttpRequest request;
  request.url = photo;
  const HttpResponse file = Send(request);

  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.Header("Content-Type"), "image/gif");
  EXPECT_EQ(file.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(Base64(file.body), gif);
}

TEST_F(Pictures, ANewOneOfTheOtherAppLeavesTheFileToTheSweep) {
  const HttpRequest request = ReplacedUpload();
  ASSERT_EQ(Send(request).status, 200);

  ASSERT_EQ(World().Rosterctl({"sweep"}).status, 0);

  EXPECT_EQ(Send(request).status, 404);
  EXPECT_EQ(Photo(), "https://res.cloudinary.com/demo/image/upload/v1/another");
}

TEST_F(Pictures, TheDaemonSweepsByItself) {
  const HttpRequest request = ReplacedUpload();
  ASSERT_EQ(Send(request).status, 200);

  ASSERT_EQ(::kill(World().MasterPid(), SIGHUP), 0);

  EXPECT_TRUE(fcgi::testing::Eventually([&] { return Send(request).status == 404; }));
  EXPECT_EQ(Photo(), "https://res.cloudinary.com/demo/image/upload/v1/another");
}

}  // namespace
}  // namespace rosterd::testing
