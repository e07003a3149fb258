#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::SizeIs;

TEST(RosterctlAudit, ListsTheNewestFirst) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"user", "add", "--email", "bob@example.org"});
  ctl.Database().Execute("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE user_id = 1");

  EXPECT_EQ(ctl.Many({"audit"}).at(0)["user"], "2");
  EXPECT_THAT(ctl.Many({"audit"}), SizeIs(2));
  EXPECT_THAT(ctl.Many({"audit", "--limit", "1"}), SizeIs(1));
  EXPECT_THAT(ctl.Many({"audit", "--since", "2021-01-01"}), SizeIs(1));
  EXPECT_THAT(ctl.Many({"audit", "--since", "1h"}), SizeIs(1));
  EXPECT_EQ(ctl.Many({"audit", "--user", "1"}).at(0)["at"], "2020-01-01T00:00:00.000000Z");
  EXPECT_EQ(ctl.Run({"audit", "--since", "yesterday"}).err,
            "rosterctl: --since: \"yesterday\" is no moment; write 2026-11-22, "
            "2026-11-22T08:00:00Z or 12h\n");
}

TEST(RosterctlSweep, RemovesWhatNobodyNeeds) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"user", "add", "--email", "bob@example.org"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});
  ctl.One({"key", "revoke", "--id", "1"});
  ctl.One({"user", "delete", "2"});
  ctl.Database().Execute("UPDATE credentials SET revoked_at = '2020-01-01 00:00:00'");
  ctl.Database().Execute("UPDATE users SET deleted_at = '2020-01-01 00:00:00' WHERE id = 2");
  ctl.Database().Execute(
      "INSERT INTO throttle VALUES ('a', REPEAT('a', 32), 1, '2020-01-01 00:00:00')");

  auto swept = ctl.One({"sweep", "--set", "directory.trash_days=30"});

  EXPECT_EQ(swept["purged_persons"], "1");
  EXPECT_EQ(swept["credentials"], "1");
  EXPECT_EQ(swept["throttle_windows"], "1");
  EXPECT_EQ(ctl.One({"sweep"})["credentials"], "0");
}

TEST(RosterctlSweep, RemovesPicturesThatNobodyHas) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.Database().Execute("UPDATE users SET picture = 'file:1/kept.png'");
  const std::filesystem::path photos = ctl.Folder() / "photos";
  std::filesystem::create_directories(photos / "user_photos" / "1");
  std::filesystem::create_directories(photos / "incoming");
  for (const char* name : {"user_photos/1/kept.png", "user_photos/1/orphan.png",
                           "user_photos/1/young.png", "incoming/half.png"}) {
    std::ofstream(photos / name) << "bytes";
    if (std::string(name) == "user_photos/1/young.png") continue;
    std::filesystem::last_write_time(
        photos / name, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  }

  auto swept = ctl.One({"sweep", "--set", "server.photo_directory=" + photos.string()});

  EXPECT_EQ(swept["pictures"], "2");
  EXPECT_TRUE(std::filesystem::exists(photos / "user_photos/1/kept.png"));
  EXPECT_TRUE(std::filesystem::exists(photos / "user_photos/1/young.png"));
}

TEST(RosterctlUserPurge, RemovesThePicturesOfThePerson) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  const std::filesystem::path photos = ctl.Folder() / "photos";
  std::filesystem::create_directories(photos / "user_photos" / "1");
  std::ofstream(photos / "user_photos/1/face.png") << "bytes";
  ctl.Database().Execute(
      "INSERT INTO cocoaheads_clients VALUES (1, 1, 'device', '2020-01-01', '2020-01-01')");
  ctl.One({"user", "delete", "1"});

  ctl.One({"user", "purge", "1", "--set", "server.photo_directory=" + photos.string()});

  EXPECT_FALSE(std::filesystem::exists(photos / "user_photos/1"));
  EXPECT_EQ(ctl.Database().Ask("SELECT COUNT(*) FROM cocoaheads_clients"), "0");
}

}  // namespace
}  // namespace rosterd::testing
