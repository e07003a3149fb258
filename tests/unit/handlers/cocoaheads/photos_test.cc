#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "config/log.h"
#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::MatchesRegex;

class CocoaheadsPhotos : public ::testing::Test {
 protected:
  Reply Patch(const std::string& body) {
    return world_.Patch("/users/" + vera_.id, body, vera_.token);
  }
  Reply Photo(const std::string& text) { return Patch(R"({"photo":")" + text + "\"}"); }
  Reply Upload(const std::vector<std::string>& parts) {
    return world_.Send({.method = "PATCH",
                        .target = "/users/" + vera_.id,
                        .body = Multipart(parts),
                        .content_type = std::string(kMultipartType),
                        .token = vera_.token});
  }
  /// The file behind an address that was answered.
  std::filesystem::path FileOf(const Reply& reply) {
    const std::string url = reply.Member("photo");
    return world_.Photos() / url.substr(url.find("user_photos/"));
  }
  std::string Shown() { return world_.Get("/users/" + vera_.id, vera_.token).Member("photo"); }

  World world_{[](config::Settings& settings) { settings.cocoaheads.max_photo = 100'000; }};
  Member vera_ = world_.Join();
};

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

unsigned int ModeOf(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST_F(CocoaheadsPhotos, AreStoredFromBase64UnderANameOfOurOwn) {
  const Reply reply = Photo(std::string(kPngBase64));

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.Member("photo"), MatchesRegex("http://api\\.example\\.org/user_photos/" +
                                                  vera_.id + "/[0-9a-f]{32}\\.png"));
  EXPECT_EQ(Read(FileOf(reply)), PngBytes());
  EXPECT_EQ(Shown(), reply.Member("photo"));
}

TEST_F(CocoaheadsPhotos, AreReadableByTheGroupAndNobodyElse) {
  const std::filesystem::path file = FileOf(Photo(std::string(kPngBase64)));
  EXPECT_EQ(ModeOf(file), 0640U);
  EXPECT_EQ(ModeOf(file.parent_path()), 0750U);
  EXPECT_EQ(ModeOf(file.parent_path().parent_path()), 0750U);
}

TEST_F(CocoaheadsPhotos, TakeADataHeadAndBlanks) {
  std::string blanks;
  for (const char c : kPngBase64) blanks += std::string(1, c) + "\\n\\t ";
  EXPECT_THAT(Photo("data:image/jpeg;base64," + std::string(kPngBase64)).Member("photo"),
              ::testing::EndsWith(".png"));
  EXPECT_THAT(Photo("DATA:IMAGE/PNG;charset=x;BASE64," + blanks).Member("photo"),
              ::testing::EndsWith(".png"));
  EXPECT_THAT(Photo(blanks).Member("photo"), ::testing::EndsWith(".png"));
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPhotos, AreStoredFromAFilePartWithTheOtherFields) {
  const Reply reply = Upload(
      {TextPart("company", "Kite"), FilePart("photo", "../../../etc/passwd.php", PngBytes())});

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Member("company"), "Kite");
  EXPECT_THAT(reply.Member("photo"), MatchesRegex(".*/user_photos/[0-9]+/[0-9a-f]{32}\\.png"));
  EXPECT_EQ(Read(FileOf(reply)), PngBytes());
}

TEST_F(CocoaheadsPhotos, AreNamedByWhatTheyAre) {
  const auto stored = [&](const std::string& bytes) {
    return FileOf(Upload({FilePart("photo", "x.txt", bytes)})).extension().string();
  };
  EXPECT_EQ(stored("\xFF\xD8\xFF\xE0rest"), ".jpg");
  EXPECT_EQ(stored("GIF87a<script>"), ".gif");
  EXPECT_EQ(stored("GIF89a<?php"), ".gif");
  EXPECT_EQ(stored(std::string("RIFF\0\0\0\0WEBPVP8 ", 16)), ".webp");
}

TEST_F(CocoaheadsPhotos, ThatAreNoImagesAreRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("hello"), std::string("\x89PNG"), std::string("<svg/>"),
        std::string("RIFF\0\0\0\0WAVE", 12), std::string("\xFF\xD8"), std::string("BM1234"),
        std::string("%PDF-1.4"), " " + PngBytes()}) {
    EXPECT_EQ(Upload({FilePart("photo", "a.png", bytes), TextPart("name", "New")}).status, 400);
  }
  EXPECT_EQ(Shown(), "");
  EXPECT_EQ(world_.PhotoFiles(), 0U);
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).Member("name"), "Vera");
}

TEST_F(CocoaheadsPhotos, HaveALargestSize) {
  const std::string fits = PngBytes() + std::string(100'000 - PngBytes().size(), 'x');
  EXPECT_EQ(Upload({FilePart("photo", "a.png", fits)}).status, 200);
  EXPECT_EQ(Upload({FilePart("photo", "a.png", fits + "x")}).status, 400);
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPhotos, TakeTheOldFileAwayWhenReplaced) {
  const std::filesystem::path first = FileOf(Photo(std::string(kPngBase64)));
  const std::filesystem::path second = FileOf(Photo(std::string(kPngBase64)));

  EXPECT_NE(first, second);
  EXPECT_FALSE(std::filesystem::exists(first));
  EXPECT_TRUE(std::filesystem::exists(second));
}

TEST_F(CocoaheadsPhotos, TakeTheFileAwayWhenClearedOrReplacedByAText) {
  for (const char* text : {"", "https://a.example/b.png", "name"}) {
    Photo(std::string(kPngBase64));
    EXPECT_EQ(world_.PhotoFiles(), 1U);
    EXPECT_EQ(Photo(text).Member("photo"), text);
    EXPECT_EQ(world_.PhotoFiles(), 0U);
  }
  Photo(std::string(kPngBase64));
  EXPECT_EQ(Patch(R"({"photo":null})").Member("photo"), "");
  EXPECT_EQ(world_.PhotoFiles(), 0U);
}

TEST_F(CocoaheadsPhotos, KeepTheOldFileWhenTheChangeFails) {
  const std::filesystem::path file = FileOf(Photo(std::string(kPngBase64)));
  world_.Join("anna@example.org");

  EXPECT_EQ(
      Patch(R"({"email":"anna@example.org","photo":")" + std::string(kPngBase64) + "\"}").status,
      409);

  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPhotos, StayWhereTheBodyDoesNotNameThem) {
  const Reply reply = Photo(std::string(kPngBase64));
  EXPECT_EQ(Patch(R"({"name":"New"})").Member("photo"), reply.Member("photo"));
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPhotos, OfShortTextsAreKeptWordForWord) {
  for (const std::string text :
       {"http://a.example/b.jpg", "https://a.example/?q=1&w=2", "HTTPS://a.example/", "vera",
        "./x y", "aGVsbG8=", "../../etc/passwd", "a/b:c", "7:1"}) {
    EXPECT_EQ(Photo(text).Member("photo"), text);
  }
  const std::string url = "http://" + std::string(248, 'a');
  EXPECT_EQ(Photo(url).Member("photo"), url);
  EXPECT_EQ(world_.PhotoFiles(), 0U);
}

TEST_F(CocoaheadsPhotos, WithASchemeOrTooLongAreRefused) {
  for (const std::string& text :
       {std::string("javascript:alert(1)"), std::string("file:///etc/passwd"),
        std::string("file:1/a"), std::string("id:x"), std::string("ftp://a.example/"),
        std::string("data:text/html,x"), std::string("data:image/png;base64,aGVsbG8="),
        std::string("  JavaScript:x"), std::string("java\\nscript:x"), std::string("mailto:a@b"),
        "http://" + std::string(249, 'a'), std::string(256, 'a')}) {
    EXPECT_EQ(Photo(text).status, 400) << text;
  }
  EXPECT_EQ(Patch(R"({"photo":["a"]})").status, 400);
  EXPECT_EQ(Shown(), "");
}

TEST_F(CocoaheadsPhotos, UnderPhotoUrlCountInJsonWithoutPhoto) {
  EXPECT_EQ(Patch(R"({"photoURL":"http://a.example/1"})").Member("photo"), "http://a.example/1");
  EXPECT_EQ(Patch(R"({"photo":"two","photoURL":"http://a.example/3"})").Member("photo"), "two");
  EXPECT_EQ(Patch(R"({"photoURL":"javascript:x"})").status, 400);
  EXPECT_EQ(Upload({TextPart("photoURL", "http://a.example/4")}).Member("photo"), "two");
}

TEST_F(CocoaheadsPhotos, ComeWithARegistration) {
  const Reply reply =
      world_.Post("/users", R"({"name":"A","lastname":"B","email":"a@b.org","photo":")" +
                                std::string(kPngBase64) + "\"}");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Read(FileOf(reply)), PngBytes());
  EXPECT_EQ(world_.Get("/users/" + reply.Member("id"), reply.Header("user-token")).body,
            reply.body);
}

TEST_F(CocoaheadsPhotos, OfARefusedRegistrationLeaveNothing) {
  EXPECT_EQ(
      world_
          .Post("/users", R"({"name":"A","lastname":"B","email":"vera@example.org","photo":")" +
                              std::string(kPngBase64) + "\"}")
          .status,
      409);
  EXPECT_EQ(world_.PhotoFiles(), 0U);
}

/// What was logged while it lived.
class Logged {
 public:
  Logged() {
    Lines().clear();
    SetLogSink([](std::string_view line) { Lines().append(line).append("\n"); });
  }
  Logged(const Logged&) = delete;
  Logged& operator=(const Logged&) = delete;
  ~Logged() { SetLogSink(nullptr); }

  static std::string& Lines() {
    static std::string lines;
    return lines;
  }
};

constexpr std::string_view kUnavailable =
    R"({"error":true,"reason":"The service is not available for the moment"})";

TEST_F(CocoaheadsPhotos, ThatCannotBeWrittenAreRefusedForTheMomentAndChangeNothing) {
  std::ofstream(world_.Photos() / "incoming") << "in the way";
  const Logged logged;

  const Reply reply = Patch(R"({"name":"New","photo":")" + std::string(kPngBase64) + "\"}");

  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.Header("Retry-After"), "5");
  EXPECT_EQ(reply.body, kUnavailable);
  EXPECT_THAT(Logged::Lines(), ::testing::HasSubstr("/incoming/"));
  EXPECT_THAT(Logged::Lines(), ::testing::HasSubstr("write in the folder server.photo_directory"));
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).Member("name"), "Vera");
}

TEST_F(CocoaheadsPhotos, ThatCannotBeMovedAreRefusedForTheMomentAndChangeNothing) {
  std::ofstream(world_.Photos() / "user_photos") << "in the way";
  const Logged logged;

  const Reply reply = Patch(R"({"name":"New","photo":")" + std::string(kPngBase64) + "\"}");

  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, kUnavailable);
  EXPECT_THAT(Logged::Lines(), ::testing::HasSubstr("server.photo_directory"));
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).Member("name"), "Vera");
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPhotos, OfARegistrationThatCannotBeMovedMakeNobody) {
  std::ofstream(world_.Photos() / "user_photos") << "in the way";
  const Logged logged;

  EXPECT_EQ(world_
                .Post("/users", R"({"name":"A","lastname":"B","email":"a@b.org","photo":")" +
                                    std::string(kPngBase64) + "\"}")
                .status,
            503);

  EXPECT_EQ(world_.AskDatabase("SELECT COUNT(*) FROM users"), "1");
}

TEST(CocoaheadsPhotoAddresses, BeginAsTheSettingsSay) {
  World world([](config::Settings& settings) {
    settings.cocoaheads.public_url = "https://p.example:8443/";
  });
  const Member vera = world.Join();
  EXPECT_THAT(
      world
          .Patch("/users/" + vera.id, R"({"photo":")" + std::string(kPngBase64) + "\"}", vera.token)
          .Member("photo"),
      ::testing::StartsWith("https://p.example:8443/user_photos/" + vera.id + "/"));
}

TEST(CocoaheadsPhotoAddresses, FollowTheSchemeOfTheRequest) {
  World world;
  const Member vera = world.Join();
  world.Execute("UPDATE users SET picture = 'file:" + vera.id + "/ab.png'");
  EXPECT_EQ(world.Send({.target = "/users/" + vera.id, .token = vera.token, .https = true})
                .Member("photo"),
            "https://api.example.org/user_photos/" + vera.id + "/ab.png");
}

}  // namespace
}  // namespace rosterd::cocoaheads
