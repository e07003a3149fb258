#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A folder of nginx as Debian lays it out, with the snippets of the source. No nginx runs on it.
class NginxFolder {
 public:
  explicit NginxFolder(const Rosterctl& ctl) : ctl_(ctl), folder_(ctl.Folder() / "nginx") {
    for (const char* name : {"conf.d", "snippets", "sites-available", "sites-enabled"}) {
      fs::create_directories(folder_ / name);
    }
    for (const auto& snippet : fs::directory_iterator(ROSTERD_SOURCE_DIR "/nginx")) {
      fs::copy(snippet.path(), folder_ / "snippets");
    }
    Write("nginx.conf", "pid " + (folder_ / "nginx.pid").string() + ";\nerror_log stderr;\n" +
                            "events {}\nhttp {\n    include conf.d/*.conf;\n"
                            "    include sites-enabled/*;\n}\n");
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name).rdbuf();
    return text.str();
  }
  bool Has(const std::string& name) const { return fs::exists(fs::symlink_status(folder_ / name)); }

  Ran Run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "nginx");
    arguments.insert(arguments.end(), {"--nginx-dir", folder_.string()});
    return ctl_.Run(std::move(arguments));
  }
  /// With a port that nobody has, and a log of its own.
  Ran Enable(const std::string& site, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {
        "enable",      site,    "--address", "127.0.0.1",
        "--http-port", "29180", "--log",     (folder_ / "site.log").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(std::move(arguments));
  }

 private:
  const Rosterctl& ctl_;
  fs::path folder_;
};

TEST(RosterctlNginx, EnablesASiteOfAllDialects) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);

  const Ran ran = nginx.Enable("users.example.com", {"--json"});

  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(R"("enabled":true,"reloaded":false)"));
  const std::string site = nginx.Read("sites-enabled/users.example.com");
  EXPECT_THAT(site, HasSubstr("    server_name users.example.com;\n"));
  EXPECT_THAT(site, HasSubstr("    include snippets/rosterd.conf;\n"));
  EXPECT_THAT(site, HasSubstr("listen 127.0.0.1:9180;"));
  EXPECT_THAT(nginx.Read("conf.d/rosterd.conf"),
              HasSubstr("include snippets/rosterd-upstreams.conf;"));
}

TEST(RosterctlNginx, EnablesSitesOfOneAndOfSomeDialectsBesideEachOther) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);

  EXPECT_EQ(nginx.Enable("shop", {"--dialect", "cscart", "--server-name", "shop.example.com"}).err,
            "");
  EXPECT_EQ(nginx.Enable("apps", {"--dialect", "timeslot", "--dialect", "cocoaheads"}).err, "");
  EXPECT_EQ(nginx.Enable("cms", {"--dialect", "bedita", "--dialect", "cocoaheads"}).err, "");

  EXPECT_THAT(nginx.Read("sites-enabled/shop"), HasSubstr("rosterd-cscart-alone.conf;"));
  const std::string apps = nginx.Read("sites-enabled/apps");
  EXPECT_THAT(apps, HasSubstr("include snippets/rosterd-timeslot.conf;"));
  EXPECT_THAT(apps, HasSubstr("include snippets/rosterd-bedita-refusals.conf;"));
  EXPECT_THAT(apps, Not(HasSubstr("include snippets/rosterd-bedita.conf;")));
  EXPECT_THAT(nginx.Read("sites-enabled/cms"), HasSubstr("include snippets/rosterd-users.conf;"));
}

TEST(RosterctlNginx, SpeaksTlsWithACertificate) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  const std::string pem = (ctl.Folder() / "site.pem").string();
  ASSERT_EQ(std::system(("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -keyout " +
                         pem + " -out " + pem + ".crt 2>/dev/null")
                            .c_str()),
            0);

  const Ran ran = nginx.Enable(
      "tls", {"--https-port", "29443", "--certificate", pem + ".crt", "--certificate-key", pem});

  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(nginx.Read("sites-enabled/tls"), HasSubstr("listen 127.0.0.1:29443 ssl http2;"));
  EXPECT_EQ(nginx.Enable("half", {"--certificate", pem + ".crt"}).status, 2);
}

TEST(RosterctlNginx, UndoesWhatNginxRefuses) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  const Ran fresh =
      nginx.Enable("a", {"--certificate", "/nowhere/x.pem", "--certificate-key", "/nowhere/x.key"});
  EXPECT_EQ(fresh.status, 1);
  EXPECT_THAT(fresh.err, StartsWith("rosterctl: nothing was changed, for nginx refuses it: "));
  EXPECT_THAT(fresh.err, HasSubstr("/nowhere/x.pem"));
  EXPECT_FALSE(nginx.Has("sites-available/a"));
  EXPECT_FALSE(nginx.Has("sites-enabled/a"));
  EXPECT_FALSE(nginx.Has("conf.d/rosterd.conf"));

  ASSERT_EQ(nginx.Enable("a").status, 0);
  const std::string before = nginx.Read("sites-enabled/a");
  EXPECT_EQ(
      nginx.Enable("a", {"--certificate", "/nowhere/x.pem", "--certificate-key", "/nowhere/x.key"})
          .status,
      1);
  EXPECT_EQ(nginx.Read("sites-enabled/a"), before);
}

TEST(RosterctlNginx, TouchesNoSiteOfSomebodyElse) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  nginx.Write("sites-available/mine", "server { listen 127.0.0.1:29181; }\n");
  nginx.Write("sites-enabled/copied", "server { listen 127.0.0.1:29182; }\n");

  EXPECT_THAT(nginx.Enable("mine").err, HasSubstr("was not made by rosterctl"));
  EXPECT_THAT(nginx.Enable("copied").err, HasSubstr("was not made by rosterctl"));
  EXPECT_THAT(nginx.Run({"disable", "mine"}).err, HasSubstr("was not made by rosterctl"));
  EXPECT_THAT(nginx.Run({"disable", "absent"}).err, HasSubstr("it is not enabled"));

  EXPECT_EQ(nginx.Read("sites-available/mine"), "server { listen 127.0.0.1:29181; }\n");
  EXPECT_FALSE(nginx.Has("sites-available/copied"));
}

TEST(RosterctlNginx, TouchesNoFileOfTheHttpLevelOfSomebodyElse) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  nginx.Write("conf.d/rosterd.conf", "# mine\n");

  EXPECT_THAT(nginx.Enable("a").err, HasSubstr("was not made by rosterctl"));
  EXPECT_EQ(nginx.Run({"refresh"}).err, "");

  EXPECT_EQ(nginx.Read("conf.d/rosterd.conf"), "# mine\n");
  EXPECT_FALSE(nginx.Has("sites-available/a"));
}

TEST(RosterctlNginx, LeavesToASiteOfSomebodyElseWhatItIncludes) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  nginx.Write("sites-enabled/copied",
              "include snippets/rosterd-upstreams.conf;\nvariables_hash_max_size 2048;\n"
              "limit_req_zone $rosterd_sign_in_address zone=rosterd_sign_in:10m rate=5r/s;\n");

  EXPECT_EQ(nginx.Enable("second").err, "");

  EXPECT_FALSE(nginx.Has("conf.d/rosterd.conf"));
}

TEST(RosterctlNginx, RefusesWordsThatWouldBeMoreThanWords) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);

  EXPECT_EQ(nginx.Enable("../x").status, 2);
  EXPECT_EQ(nginx.Enable("a b").status, 2);
  EXPECT_EQ(nginx.Enable("a", {"--dialect", "nosuch"}).status, 2);
  EXPECT_THAT(nginx.Enable("a", {"--server-name", "x; root /"}).err, HasSubstr("cannot stand"));
  EXPECT_THAT(nginx.Enable("a", {"--server-name", "$host"}).err, HasSubstr("cannot stand"));
  EXPECT_THAT(nginx.Run({"enable", "a", "--address", "1.2.3"}).err, HasSubstr("is no address"));
  EXPECT_THAT(nginx.Run({"enable", "a", "--log", "x.log"}).err, HasSubstr("is not a whole path"));
  EXPECT_FALSE(nginx.Has("sites-available/a"));
}

TEST(RosterctlNginx, DisablesWhatItEnabled) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  ASSERT_EQ(nginx.Enable("a").status, 0);

  const Ran ran = nginx.Run({"disable", "a"});

  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_FALSE(nginx.Has("sites-enabled/a"));
  EXPECT_FALSE(nginx.Has("conf.d/rosterd.conf"));
  EXPECT_TRUE(nginx.Has("sites-available/a"));
}

TEST(RosterctlNginx, GivesAnInstanceSnippetsOfItsOwn) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  std::ofstream(ctl.Folder() / "north.yaml")
      << "server: {run_directory: /run/rosterd/north, request_timeout: 60s}\n"
         "cscart: {max_body: 2 MiB}\n";
  ASSERT_EQ(nginx.Enable("main").err, "");

  ASSERT_EQ(nginx.Enable("northern", {"--instance", "north", "--ops-port", "29181"}).err, "");

  EXPECT_THAT(nginx.Read("sites-enabled/northern"),
              HasSubstr("include snippets/rosterd@north/rosterd.conf;"));
  const std::string upstreams = nginx.Read("snippets/rosterd@north/rosterd-upstreams.conf");
  EXPECT_THAT(upstreams, HasSubstr("upstream rosterd_north_read {"));
  EXPECT_THAT(upstreams, HasSubstr("server unix:/run/rosterd/north/read.sock;"));
  EXPECT_THAT(nginx.Read("snippets/rosterd@north/rosterd-cscart-location.conf"),
              HasSubstr("client_max_body_size 2097152;"));
  EXPECT_THAT(nginx.Read("snippets/rosterd@north/rosterd-fastcgi.conf"),
              HasSubstr("fastcgi_read_timeout 60s;"));

  EXPECT_EQ(nginx.Run({"disable", "northern"}).err, "");
  EXPECT_FALSE(nginx.Has("snippets/rosterd@north"));
  EXPECT_EQ(nginx.Enable("northern", {"--instance", "nosuch"}).status, 1);
  EXPECT_EQ(nginx.Enable("northern", {"--instance", "../x"}).status, 1);
}

TEST(RosterctlNginx, RefreshesAnInstanceAfterItsSettings) {
  const Rosterctl ctl(TestDatabase::Schema::kEmpty);
  const NginxFolder nginx(ctl);
  const auto settings = ctl.Folder() / "north.yaml";
  std::ofstream(settings) << "server: {run_directory: /run/rosterd/north}\n";
  ASSERT_EQ(nginx.Enable("northern", {"--instance", "north"}).err, "");
  std::ofstream(settings) << "server: {run_directory: /run/elsewhere}\n";

  EXPECT_EQ(nginx.Run({"refresh"}).err, "");

  EXPECT_THAT(nginx.Read("snippets/rosterd@north/rosterd-upstreams.conf"),
              HasSubstr("unix:/run/elsewhere/read.sock;"));
}

}  // namespace
}  // namespace rosterd::testing
