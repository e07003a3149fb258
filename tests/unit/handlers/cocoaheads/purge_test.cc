#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

UserId IdOf(const Member& member) { return UserId{std::stoull(member.id)}; }

class CocoaheadsPurge : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.Patch("/users/" + vera_.id, R"({"photo":")" + std::string(kPngBase64) + "\"}",
                 vera_.token);
    world_.Post("/users/clients", R"({"push_token":"t"})", vera_.token);
    ASSERT_TRUE(world_.Own().persons.Delete(TestActor(), IdOf(vera_)));
  }

  World world_;
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsPurge, TakesPhotoRegistrationAndTokens) {
  EXPECT_EQ(world_.PhotoFiles(), 1U);

  ASSERT_TRUE(world_.Own().persons.Purge(TestActor(), IdOf(vera_)));

  EXPECT_EQ(world_.PhotoFiles(), 0U);
  EXPECT_EQ(world_.AskDatabase("SELECT COUNT(*) FROM cocoaheads_clients"), "0");
  EXPECT_EQ(world_.AskDatabase("SELECT COUNT(*) FROM credentials"), "0");
}

TEST_F(CocoaheadsPurge, LeavesThePhotoOfADeletedPersonToARestore) {
  const auto swept =
      world_.Own().pictures.Sweep(world_.Own().connection, std::chrono::seconds(-60));
  ASSERT_TRUE(swept);
  EXPECT_EQ(*swept, 0U);
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPurge, SweepsWhatACrashLeft) {
  const auto folder = world_.Photos() / "user_photos" / vera_.id;
  std::ofstream(folder / "0123456789abcdef.png") << "orphan";
  std::ofstream(world_.Photos() / "incoming" / "fedc.png") << "half";
  std::filesystem::create_directories(world_.Photos() / "user_photos" / "77777777");
  std::ofstream(world_.Photos() / "user_photos" / "77777777" / "a.png") << "orphan";
  std::filesystem::create_directories(world_.Photos() / "user_photos" / "mine");
  std::ofstream(world_.Photos() / "user_photos" / "mine" / "kept.png") << "not ours";

  const auto young = world_.Own().pictures.Sweep(world_.Own().connection);
  ASSERT_TRUE(young);
  EXPECT_EQ(*young, 0U);
  const auto old = world_.Own().pictures.Sweep(world_.Own().connection, std::chrono::seconds(-60));
  ASSERT_TRUE(old);

  EXPECT_EQ(*old, 3U);
  EXPECT_EQ(world_.PhotoFiles(), 2U);
  EXPECT_FALSE(std::filesystem::exists(world_.Photos() / "user_photos" / "77777777"));
}

TEST_F(CocoaheadsPurge, SweepsNothingWithoutADatabase) {
  config::Database away = world_.Settings().database;
  away.hosts = {"/nowhere/mysql.sock"};
  db::Connection connection(away);

  EXPECT_FALSE(world_.Own().pictures.Sweep(connection, std::chrono::seconds(-60)));
  EXPECT_EQ(world_.PhotoFiles(), 1U);
}

TEST_F(CocoaheadsPurge, RemovesNothingButItsOwnFiles) {
  std::ofstream(world_.Photos() / "secret") << "x";
  for (const char* file : {"../secret", "1/../../secret", "/etc/passwd", "", "1/", "1/.x", "x/a"}) {
    world_.Own().pictures.Remove(file);
  }
  EXPECT_EQ(world_.PhotoFiles(), 2U);
}

}  // namespace
}  // namespace rosterd::cocoaheads
