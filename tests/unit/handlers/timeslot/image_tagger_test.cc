#include "handlers/timeslot/image_tagger.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "handlers/timeslot/upload_signature.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// A port of 127.0.0.1 that is ours as long as the object lives.
class Port {
 public:
  Port() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const place = reinterpret_cast<sockaddr*>(&address);
    if (bind(descriptor_, place, size) != 0 || getsockname(descriptor_, place, &size) != 0) {
      throw std::runtime_error("no port is free");
    }
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~Port() { close(descriptor_); }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  int Descriptor() const { return descriptor_; }
  const std::string& Url() const { return url_; }

 private:
  int descriptor_;
  std::string url_;
};

/// What stands in for Cloudinary: takes one request after the other and answers all alike.
class Cloud {
 public:
  explicit Cloud(std::string answer = "200 OK") : answer_(std::move(answer)) {
    if (listen(port_.Descriptor(), 8) != 0) throw std::runtime_error("nobody can listen");
    thread_ = std::thread([this] { Serve(); });
  }
  ~Cloud() { Stop(); }
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;

  const std::string& Url() const { return port_.Url(); }
  /// What was received, once nothing more can come.
  const std::vector<std::string>& Requests() {
    Stop();
    return requests_;
  }

 private:
  void Stop() {
    if (!thread_.joinable()) return;
    shutdown(port_.Descriptor(), SHUT_RDWR);
    thread_.join();
  }
  void Serve() {
    while (true) {
      const int peer = accept4(port_.Descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) return;
      requests_.push_back(Read(peer));
      const std::string text =
          "HTTP/1.1 " + answer_ + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
      send(peer, text.data(), text.size(), MSG_NOSIGNAL);
      close(peer);
    }
  }
  static bool IsWhole(const std::string& request) {
    const size_t end = request.find("\r\n\r\n");
    const size_t length = request.find("Content-Length: ");
    if (end == std::string::npos || length == std::string::npos) return false;
    return request.size() >= end + 4 + std::stoul(request.substr(length + 16));
  }
  static std::string Read(int peer) {
    std::string request;
    std::array<char, 4096> piece{};
    while (!IsWhole(request)) {
      const ssize_t size = recv(peer, piece.data(), piece.size(), 0);
      if (size <= 0) break;
      request.append(piece.data(), static_cast<size_t>(size));
    }
    return request;
  }

  std::string answer_;
  Port port_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

config::Timeslot Settings() {
  config::Timeslot settings;
  settings.tag_replaced_images = true;
  settings.cloudinary_cloud_name = "demo";
  settings.cloudinary_api_key = "123456789012345";
  settings.cloudinary_api_secret = "not-a-real-secret";
  return settings;
}

void SetImage(World& world, const std::string& public_id) {
  const Reply reply = world.Patch(R"({"image":{"publicId":")" + public_id + "\"}}");
  if (reply.status != 200) throw std::runtime_error(reply.body);
}

/// Makes all tries that are due now.
void TagAll(World& world, const std::string& url) {
  ImageTagger tagger(world.Parts().settings.timeslot, world.Connection(), url);
  while (tagger.TagNext()) continue;
}

std::string Waiting(World& world) {
  return world.AskDatabase("SELECT COUNT(*) FROM timeslot_images WHERE tag_at IS NOT NULL");
}

std::string ValueOf(const std::string& request, const std::string& name) {
  const size_t at = request.find(name + "=");
  if (at == std::string::npos) return "none";
  const size_t begin = at + name.size() + 1;
  return request.substr(begin, request.find('&', begin) - begin);
}

TEST(TimeslotPublicIdOf, FindsItInWhatClientsSend) {
  EXPECT_EQ(PublicIdOf("k7rmq2wd0xpc9vtz1hbn"), "k7rmq2wd0xpc9vtz1hbn");
  EXPECT_EQ(PublicIdOf("v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg"), "k7rmq2wd0xpc9vtz1hbn");
  EXPECT_EQ(PublicIdOf("v1431000012/folder.x/k7rmq2"), "folder.x/k7rmq2");
  EXPECT_EQ(PublicIdOf("folder/k7rmq2"), "folder/k7rmq2");
  EXPECT_EQ(
      PublicIdOf("https://res.cloudinary.com/demo/image/upload/c_fill,w_80/v143/folder/k7rm.png"),
      "folder/k7rm");
  EXPECT_EQ(PublicIdOf("https://res.cloudinary.com/demo/image/upload/k7rm.png"), "k7rm");
  EXPECT_EQ(PublicIdOf("https://example.net/me.png"), std::nullopt);
}

TEST(TimeslotImageTagger, MarksAnImageThatWasReplaced) {
  World world(Settings());
  Cloud cloud;
  SetImage(world, "v1431000012/first.jpg");
  TagAll(world, cloud.Url());
  SetImage(world, "v1431000013/second.jpg");
  TagAll(world, cloud.Url());
  TagAll(world, cloud.Url());

  ASSERT_THAT(cloud.Requests(), SizeIs(1));
  const std::string& request = cloud.Requests().front();
  EXPECT_THAT(request, StartsWith("POST /v1_1/demo/image/tags HTTP/1.1\r\n"));
  EXPECT_THAT(request,
              HasSubstr("\r\n\r\napi_key=123456789012345&command=add&public_ids%5B%5D=first"
                        "&tag=replaced%2Cmediable_id%3A4711%2Cmediable_type%3AUser&"));
  EXPECT_EQ(ValueOf(request, "signature"),
            SignUpload({{"command", "add"},
                        {"public_ids", "first"},
                        {"tag", "replaced,mediable_id:4711,mediable_type:User"},
                        {"timestamp", ValueOf(request, "timestamp")}},
                       "not-a-real-secret"));
  EXPECT_THAT(request, ::testing::Not(HasSubstr("not-a-real-secret")));
  EXPECT_EQ(Waiting(world), "0");
}

TEST(TimeslotImageTagger, MarksTheImageOfWhoLeft) {
  World world(Settings());
  Cloud cloud;
  SetImage(world, "v1431000012/first.jpg");
  world.Send({.target = "/v1/users", .method = "DELETE"});
  TagAll(world, cloud.Url());
  EXPECT_THAT(cloud.Requests(), SizeIs(1));
}

TEST(TimeslotImageTagger, LeavesAloneWhatIsStillShown) {
  World world(Settings());
  Cloud cloud;
  SetImage(world, "v1430412345/zt55.jpg");  // as jonas has
  SetImage(world, "v1431000013/second.jpg");
  TagAll(world, cloud.Url());
  EXPECT_THAT(cloud.Requests(), IsEmpty());
  EXPECT_EQ(Waiting(world), "0");
}

TEST(TimeslotImageTagger, DoesNothingUnlessSwitchedOn) {
  config::Timeslot settings = Settings();
  settings.tag_replaced_images = false;
  World world(settings);
  SetImage(world, "v1431000012/first.jpg");
  SetImage(world, "v1431000013/second.jpg");
  EXPECT_EQ(Waiting(world), "0");
}

TEST(TimeslotImageTagger, TriesAFewTimesAndChangesNothing) {
  World world(Settings());
  Cloud cloud("500 Internal Server Error");
  SetImage(world, "v1431000012/first.jpg");
  SetImage(world, "v1431000013/second.jpg");
  for (int i = 0; i < 8; ++i) {
    TagAll(world, cloud.Url());
    world.Execute("UPDATE timeslot_images SET tag_at = '2020-01-01' WHERE tag_at IS NOT NULL");
  }
  EXPECT_THAT(cloud.Requests(), SizeIs(6));
  EXPECT_EQ(Waiting(world), "0");
  EXPECT_EQ(world.Get("/v1/users/4711")["image"], "\"v1431000013/second.jpg\"");
}

TEST(TimeslotImageTagger, WaitsWhenNobodyAnswers) {
  World world(Settings());
  const Port nobody_listens;
  SetImage(world, "v1431000012/first.jpg");
  SetImage(world, "v1431000013/second.jpg");
  TagAll(world, nobody_listens.Url());
  EXPECT_EQ(world.AskDatabase("SELECT tag_at > UTC_TIMESTAMP() + INTERVAL 4 MINUTE"
                              " FROM timeslot_images WHERE tag_at IS NOT NULL"),
            "1");
}

}  // namespace
}  // namespace rosterd::timeslot
