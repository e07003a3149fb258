#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(RosterctlUsage, EndsWithTwoForWhatItDoesNotKnow) {
  const Rosterctl ctl;

  EXPECT_EQ(ctl.Run({}).status, 2);
  EXPECT_EQ(ctl.Run({"user"}).status, 2);
  EXPECT_EQ(ctl.Run({"user", "frobnicate"}).status, 2);
  EXPECT_EQ(ctl.Run({"user", "restore", "abc"}).status, 2);
  EXPECT_EQ(ctl.Run({"user", "set"}).status, 2);
  EXPECT_EQ(ctl.Run({"audit", "--colour"}).status, 2);
}

TEST(RosterctlUsage, SaysItsVersionAndItsCommands) {
  const Rosterctl ctl;

  EXPECT_THAT(ctl.Run({"--version"}).out, StartsWith("rosterctl "));
  const Ran help = ctl.Run({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out, HasSubstr("migrate"));
  EXPECT_THAT(help.out, ::testing::Not(HasSubstr("demo")));
}

TEST(RosterctlUsage, SaysWhatFailedInOneLine) {
  const Rosterctl ctl;

  const Ran ran = ctl.Run({"user", "show", "999"});

  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "rosterctl: person 999: there is none\n");
}

TEST(RosterctlUsage, NamesTheWordsThatItDoesNotUnderstand) {
  const Rosterctl ctl;

  const Ran ran = ctl.Run({"import", "everything"});

  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.err, "rosterctl: not understood: import everything (see rosterctl --help)\n");
  EXPECT_EQ(ctl.Run({"user", "show", "1", "--nickname", "x"}).err,
            "rosterctl: not understood: --nickname x (see rosterctl --help)\n");
}

TEST(RosterctlCheckConfig, TellsWhetherTheSettingsCanBeUsed) {
  const Rosterctl ctl;

  EXPECT_EQ(ctl.One({"check-config"})["valid"], "true");
  const Ran refused = ctl.Run({"--set", "cscart.edition=ultra", "check-config"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.err,
            "rosterctl: --set: cscart.edition: \"ultra\" is not allowed; allowed: ultimate, "
            "multivendor, single\n");
}

TEST(RosterctlCheckConfig, TakesOverridesAnywhereAndOneValueEach) {
  const Rosterctl ctl;

  EXPECT_EQ(
      ctl.Run({"check-config", "--set", "cscart.patch=on", "--set", "cscart.patch=off"}).status, 0);
  EXPECT_EQ(ctl.Run({"--set", "cscart.patch=on", "check-config"}).status, 0);
}

TEST(RosterctlCheckConfig, ListsTheKeys) {
  const Rosterctl ctl;

  auto keys = ctl.Many({"check-config", "--keys"});

  EXPECT_EQ(keys.front()["section"], "server");
  EXPECT_EQ(keys.front()["name"], "run_directory");
  EXPECT_EQ(keys.front()["default"], "/run/rosterd");
}

TEST(RosterctlKeysInit, MakesTheKeyOnce) {
  const Rosterctl ctl;
  const auto file = ctl.Folder() / "keys/server.key";

  EXPECT_EQ(ctl.One({"keys", "init"})["created"], "true");
  EXPECT_EQ(ctl.One({"keys", "init"})["created"], "false");

  EXPECT_EQ(std::filesystem::file_size(file), 32U);
  struct stat of_file {};
  struct stat of_folder {};
  ASSERT_EQ(stat(file.c_str(), &of_file), 0);
  ASSERT_EQ(stat(file.parent_path().c_str(), &of_folder), 0);
  EXPECT_EQ(of_file.st_mode & 0777U, 0640U);
  EXPECT_EQ(of_folder.st_mode & 0777U & ~0750U, 0U);
}

TEST(RosterctlKeysInit, DoesNotTouchAKeyThatIsTooShort) {
  const Rosterctl ctl;
  std::filesystem::create_directory(ctl.Folder() / "keys");
  std::ofstream(ctl.Folder() / "keys/server.key") << "short";

  EXPECT_EQ(ctl.Run({"keys", "init"}).status, 1);
  EXPECT_EQ(std::filesystem::file_size(ctl.Folder() / "keys/server.key"), 5U);
}

TEST(RosterctlMigrate, SaysFromWhichSchemaToWhich) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);

  auto first = ctl.One({"migrate"});
  auto second = ctl.One({"migrate"});

  EXPECT_EQ(first["from"], "0");
  EXPECT_EQ(second["from"], first["to"]);
  EXPECT_EQ(second["to"], first["to"]);
}

TEST(RosterctlMigrate, DumpsTheDatabaseBefore) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  const auto dumps = ctl.Folder() / "dumps";
  std::filesystem::create_directory(dumps);

  const std::string file = ctl.One({"migrate", "--dump", dumps})["dump"];

  EXPECT_THAT(file, StartsWith(dumps.string() + "/"));
  EXPECT_THAT(file, EndsWith(".sql"));
  EXPECT_GT(std::filesystem::file_size(file), 1000U);
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
  EXPECT_FALSE(std::filesystem::exists(file + ".cnf"));
}

TEST(RosterctlStatus, CountsWhatTheDirectoryHolds) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"user", "add", "--email", "bob@example.org", "--status", "pending"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});

  auto status = ctl.One({"status"});

  EXPECT_EQ(status["ready"], "true");
  EXPECT_EQ(status["schema_version"], status["schema_needed"]);
  EXPECT_EQ(status["persons_active"], "1");
  EXPECT_EQ(status["persons_pending"], "1");
  EXPECT_EQ(status["persons_disabled"], "0");
  EXPECT_EQ(status["credentials_cscart_key"], "1");
  EXPECT_EQ(status["throttled_accounts"], "0");
}

TEST(RosterctlStatus, NamesTheDialectsThatAreAnswered) {
  const Rosterctl ctl;

  const Ran ran = ctl.Run({"status", "--json", "--set", "brightact.enabled=off"});

  EXPECT_THAT(ran.out, HasSubstr(R"("dialects":["cscart","bedita","cocoaheads","timeslot"])"));
}

TEST(RosterctlStatus, CountsThrottledAccounts) {
  Rosterctl ctl;
  ctl.Database().Execute(
      "INSERT INTO throttle VALUES ('cscart.sign_in.account', REPEAT('a', 32), 10, "
      "UTC_TIMESTAMP(6)), ('cscart.sign_in.account', REPEAT('b', 32), 9, UTC_TIMESTAMP(6))");

  EXPECT_EQ(ctl.One({"status"})["throttled_accounts"], "1");
}

TEST(RosterctlStatus, IsNotReadyWithoutASchema) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);

  const Ran ran = ctl.Run({"status", "--json"});

  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, StartsWith(R"({"ready":false,"database":true,)"));
  EXPECT_EQ(ran.err, "rosterctl: the schema is older than this program; run `rosterctl migrate`\n");
}

TEST(RosterctlStatus, IsNotReadyWithoutADatabase) {
  const Rosterctl ctl;

  const Ran ran = ctl.Run({"status", "--json", "--set", "database.hosts=/nowhere/my.sock"});

  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, StartsWith(R"({"ready":false,"database":false,"server":null,)"));
  EXPECT_THAT(ran.err, StartsWith("rosterctl: the database does not answer; check "));
  EXPECT_THAT(ran.err, HasSubstr("'/nowhere/my.sock'"));
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1);
}

}  // namespace
}  // namespace rosterd::testing
