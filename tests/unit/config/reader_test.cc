#include "config/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace rosterd::config {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

/// A folder of settings that ends with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "rosterd-config-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file.string();
  }
  std::string Path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Settings WithOverrides(const std::vector<std::string>& overrides) {
  return LoadDefaults(overrides);
}

std::string RefusalOf(const std::vector<std::string>& overrides) {
  try {
    (void)LoadDefaults(overrides);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Reader, GivesTheDefaultsForAnEmptyFile) {
  const Folder folder;

  EXPECT_EQ(Load(folder.Write("rosterd.yaml", "")), Settings());
}

TEST(Reader, ReadsEveryTypeFromAFile) {
  const Folder folder;
  const std::string file = folder.Write("rosterd.yaml",
                                        "server:\n"
                                        "  read_workers: 010\n"
                                        "  max_body: 64k\n"
                                        "  request_timeout: 2m\n"
                                        "  max_requests: 1000000\n"
                                        "database:\n"
                                        "  hosts: [db1, \"db2:3307\", /run/my.sock]\n"
                                        "password:\n"
                                        "  max_wait: 250ms\n"
                                        "cscart:\n"
                                        "  https_only: on\n"
                                        "  unversioned_api: 1.0\n"
                                        "  missing_user_status: 400\n"
                                        "  storefront_url: https://shop.example/\n");

  const Settings settings = Load(file);

  EXPECT_EQ(settings.server.read_workers, 10);
  EXPECT_EQ(settings.server.max_body, 65536U);
  EXPECT_EQ(settings.server.request_timeout, seconds(120));
  EXPECT_EQ(settings.server.max_requests, 1000000U);
  EXPECT_THAT(settings.database.hosts, ElementsAre("db1", "db2:3307", "/run/my.sock"));
  EXPECT_EQ(settings.password.max_wait, milliseconds(250));
  EXPECT_TRUE(settings.cscart.https_only);
  EXPECT_EQ(settings.cscart.unversioned_api, "1.0");
  EXPECT_EQ(settings.cscart.missing_user_status, 400);
  EXPECT_EQ(settings.cscart.storefront_url, "https://shop.example");
}

TEST(Reader, LetsConfDOverrideInTheOrderOfNamesAndSetOverrideAll) {
  const Folder folder;
  const std::string file = folder.Write(
      "rosterd.yaml", "server: {read_workers: 1, write_workers: 1, slow_workers: 1, backlog: 1}\n");
  folder.Write("conf.d/20-b.yaml", "server: {write_workers: 3, slow_workers: 3}\n");
  folder.Write("conf.d/10-a.yaml", "server: {read_workers: 2, write_workers: 2}\n");
  folder.Write("conf.d/30-c.yaml.disabled", "server: {backlog: 5}\n");

  const std::vector<std::string> overrides = {"server.slow_workers=4"};
  const Settings settings = Load(file, overrides);

  EXPECT_EQ(settings.server.read_workers, 2);
  EXPECT_EQ(settings.server.write_workers, 3);
  EXPECT_EQ(settings.server.slow_workers, 4);
  EXPECT_EQ(settings.server.backlog, 1);
}

TEST(Reader, ReadsTheFolderOfItsOwnNameForAnInstance) {
  const Folder folder;
  const std::string file = folder.Write("shop.yaml", "server: {read_workers: 1}\n");
  folder.Write("conf.d/10-a.yaml", "server: {read_workers: 2, write_workers: 2}\n");
  folder.Write("shop.d/10-a.yaml", "server: {read_workers: 3}\n");

  const Settings settings = Load(file);

  EXPECT_EQ(settings.server.read_workers, 3);
  EXPECT_EQ(settings.server.write_workers, 0);
}

TEST(Reader, NamesTheFileAndTheLineOfWhatItRefuses) {
  const Folder folder;
  const std::string file = folder.Write("rosterd.yaml", "cscart:\n  # which\n  edition: ultra\n");
  try {
    (void)Load(file);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), file +
                                ":3: cscart.edition: \"ultra\" is not allowed; allowed: ultimate, "
                                "multivendor, single");
  }
}

TEST(Reader, NamesThePlaceOfAPasswordRuleThatCannotBeCompiled) {
  const Folder folder;
  const std::string file =
      folder.Write("rosterd.yaml", "bedita:\n  password_policy.rule: \"/^[a-z{8,}$/\"\n");
  try {
    (void)Load(file);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), file +
                                ":2: bedita.password_policy.rule: \"/^[a-z{8,}$/\" is not allowed; "
                                "allowed: a regular expression of at most 255 bytes");
  }
  for (const char* bad : {"(", "a{2,1}", "*", "(?<=a)b", "(a)\\1", "a\nb"}) {
    EXPECT_THAT(RefusalOf({std::string("bedita.password_policy.rule=") + bad}),
                testing::HasSubstr("a regular expression"))
        << bad;
  }
  for (const char* good : {"", "[0-9]", "/^(?=.*[0-9]).{8,}$/i"}) {
    EXPECT_EQ(
        WithOverrides({std::string("bedita.password_policy.rule=") + good}).bedita.password_rule,
        good);
  }
}

TEST(Reader, RefusesUnknownSectionsAndKeys) {
  const Folder folder;
  const std::string file = folder.Write("rosterd.yaml", "\nshop:\n");
  try {
    (void)Load(file);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), file + ":2: there is no section shop");
  }
  EXPECT_EQ(RefusalOf({"server.workers=4"}), "--set: there is no setting server.workers");
  EXPECT_EQ(RefusalOf({"shop.enabled=on"}), "--set: there is no setting shop.enabled");
}

TEST(Reader, RefusesAListWhereOneValueBelongs) {
  const Folder folder;
  const std::string file = folder.Write("rosterd.yaml", "cscart:\n  edition: [single]\n");
  try {
    (void)Load(file);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), file +
                                ":2: cscart.edition: a list is not allowed; allowed: ultimate, "
                                "multivendor, single");
  }
}

TEST(Reader, RefusesAMissingFileAndAFolderInItsPlace) {
  const Folder folder;
  EXPECT_THROW((void)Load(folder.Path() + "/none.yaml"), Error);
  EXPECT_THROW((void)Load(folder.Path()), Error);
}

TEST(Reader, TakesTheValueOfAnOverrideAfterTheFirstEqualsSign) {
  EXPECT_EQ(WithOverrides({"password.legacy_md5_salt=a=b.c"}).password.legacy_md5_salt, "a=b.c");
  EXPECT_EQ(WithOverrides({"password.legacy_md5_salt="}).password.legacy_md5_salt, "");
}

TEST(Reader, RefusesAnOverrideThatIsNone) {
  EXPECT_EQ(RefusalOf({"cscart.edition"}),
            "--set: \"cscart.edition\" is not allowed; allowed: section.key=value");
  EXPECT_EQ(RefusalOf({"edition=single.x"}),
            "--set: \"edition=single.x\" is not allowed; allowed: section.key=value");
}

TEST(Reader, TakesListsFromOverrides) {
  EXPECT_THAT(WithOverrides({"cscart.extra_fields=phone"}).cscart.extra_fields,
              ElementsAre("phone"));
  EXPECT_THAT(WithOverrides({"cscart.extra_fields=phone,points"}).cscart.extra_fields,
              ElementsAre("phone", "points"));
  EXPECT_THAT(
      WithOverrides({"cscart.extra_fields=phone", "cscart.extra_fields="}).cscart.extra_fields,
      IsEmpty());
}

TEST(Reader, TakesYAndNForShareUsersAlone) {
  EXPECT_FALSE(WithOverrides({"cscart.share_users=N"}).cscart.share_users);
  EXPECT_TRUE(WithOverrides({"cscart.share_users=Y"}).cscart.share_users);
  EXPECT_FALSE(WithOverrides({"cscart.share_users=off"}).cscart.share_users);
  EXPECT_EQ(RefusalOf({"cscart.share_users=no"}),
            "--set: cscart.share_users: \"no\" is not allowed; allowed: on, off, Y, N");
  EXPECT_EQ(RefusalOf({"cscart.https_only=Y"}),
            "--set: cscart.https_only: \"Y\" is not allowed; allowed: on, off");
}

TEST(Reader, SaysWhatIsAllowedForEachType) {
  EXPECT_EQ(RefusalOf({"server.backlog=0x10"}),
            "--set: server.backlog: \"0x10\" is not allowed; allowed: a whole number from 1 to "
            "65535");
  EXPECT_EQ(RefusalOf({"server.backlog=65536"}),
            "--set: server.backlog: \"65536\" is not allowed; allowed: a whole number from 1 to "
            "65535");
  EXPECT_EQ(RefusalOf({"server.max_body=1 MB"}),
            "--set: server.max_body: \"1 MB\" is not allowed; allowed: a size from 1 KiB to 1 GiB");
  EXPECT_EQ(RefusalOf({"server.max_memory=1m"}),
            "--set: server.max_memory: \"1m\" is not allowed; allowed: 0, or a size from 32 MiB to "
            "64 GiB");
  EXPECT_EQ(RefusalOf({"server.request_timeout=0"}),
            "--set: server.request_timeout: \"0\" is not allowed; allowed: a duration from 1s to "
            "1h");
  EXPECT_EQ(RefusalOf({"server.request_timeout=1500ms"}),
            "--set: server.request_timeout: \"1500ms\" is not allowed; allowed: a duration from 1s "
            "to 1h");
  EXPECT_EQ(RefusalOf({"password.max_wait=2000"}),
            "--set: password.max_wait: \"2000\" is not allowed; allowed: a duration from 0s to 1m");
  EXPECT_EQ(RefusalOf({"cscart.missing_user_status=410"}),
            "--set: cscart.missing_user_status: \"410\" is not allowed; allowed: 404, 400");
  EXPECT_EQ(RefusalOf({"cscart.unversioned_api=2"}),
            "--set: cscart.unversioned_api: \"2\" is not allowed; allowed: 1.0, 2.0");
  EXPECT_EQ(RefusalOf({"cscart.extra_fields=phone,salt"}),
            "--set: cscart.extra_fields: \"phone,salt\" is not allowed; allowed: a list of phone, "
            "last_login, points");
  EXPECT_EQ(RefusalOf({"database.hosts=db:0"}),
            "--set: database.hosts: \"db:0\" is not allowed; allowed: a list of HOST, HOST:PORT or "
            "/PATH/OF.sock");
  EXPECT_EQ(RefusalOf({"database.defaults_file=my.cnf"}),
            "--set: database.defaults_file: \"my.cnf\" is not allowed; allowed: an absolute path "
            "without quotes and semicolons");
}

TEST(Reader, RefusesZonesThatTheMachineDoesNotKnow) {
  for (const std::string zone : {"Mars/Olympus", "Europe", "/etc/passwd", "../passwd", ""}) {
    EXPECT_EQ(RefusalOf({"brightact.timezone=" + zone}),
              "--set: brightact.timezone: \"" + zone +
                  "\" is not allowed; allowed: UTC or another name of the tz database, as "
                  "Europe/Berlin");
  }
  EXPECT_EQ(RefusalOf({"brightact.timezone=UTC"}), RefusalOf({"brightact.timezone=Europe/Berlin"}));
}

TEST(Reader, RefusesTcpAndFoldersTooLongForASocket) {
  EXPECT_EQ(RefusalOf({"server.run_directory=127.0.0.1:9000"}),
            "--set: server.run_directory: \"127.0.0.1:9000\" is not allowed; allowed: an absolute "
            "path of at most 96 bytes (unix sockets only, there is no TCP)");
  EXPECT_EQ(RefusalOf({"server.run_directory=/" + std::string(95, 'x')}), "");
  EXPECT_NE(RefusalOf({"server.run_directory=/" + std::string(96, 'x')}), "");
}

TEST(Reader, RefusesMemoryThatHashingWouldExceed) {
  EXPECT_EQ(RefusalOf({"server.max_memory=64m", "password.memory=64m"}),
            "server.max_memory: 64 MiB is not enough for password.memory: 64 MiB and 16 MiB for "
            "the worker itself");
  EXPECT_EQ(RefusalOf({"server.max_memory=0", "password.memory=1g"}), "");
}

TEST(Reader, RefusesSettingsOfBeditaThatContradictEachOther) {
  EXPECT_NE(RefusalOf({"bedita.cors.allow_origin=*", "bedita.cors.allow_credentials=on"}), "");
  EXPECT_EQ(RefusalOf({"bedita.cors.allow_origin=https://a.example.com",
                       "bedita.cors.allow_credentials=on"}),
            "");
  EXPECT_EQ(RefusalOf({"bedita.jwt.algorithm=RS256"}),
            "bedita.jwt.secret: RS256 needs the private key in PEM");
  EXPECT_NE(RefusalOf({"bedita.legacy_salt=a", "password.legacy_md5_salt=b"}), "");
}

TEST(Reader, TakesTheSiteSaltOfBeditaForThatOfAllPasswords) {
  EXPECT_EQ(WithOverrides({"bedita.legacy_salt=pepper"}).password.legacy_md5_salt, "pepper");
}

}  // namespace
}  // namespace rosterd::config
