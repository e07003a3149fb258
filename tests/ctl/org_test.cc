#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::SizeIs;

TEST(RosterctlOrg, IsAddedAndListed) {
  const Rosterctl ctl;

  auto added = ctl.One({"org", "add", "--name", "Kite Works"});

  EXPECT_EQ(added["id"], "1");
  EXPECT_EQ(added["name"], "Kite Works");
  auto orgs = ctl.Many({"org", "list"});
  ASSERT_THAT(orgs, SizeIs(1));
  EXPECT_EQ(orgs[0]["name"], "Kite Works");
  EXPECT_EQ(ctl.Run({"org", "add", "--name", ""}).status, 1);
  EXPECT_EQ(ctl.Run({"org", "add"}).status, 2);
}

TEST(RosterctlOrg, TakesPersonsInAndOut) {
  Rosterctl ctl;
  ctl.One({"org", "add", "--name", "Kite"});
  ctl.One({"org", "add", "--name", "Other"});
  ctl.One({"user", "add", "--email", "ann@example.org"});
  const auto org = [&] {
    return ctl.Database().Ask("SELECT COALESCE(brightact_org_id, 0) FROM users WHERE id = 1");
  };

  EXPECT_EQ(ctl.One({"org", "grant", "--user", "1", "--id", "1"})["changed"], "true");
  EXPECT_EQ(ctl.One({"org", "grant", "--user", "1", "--id", "1"})["changed"], "false");
  EXPECT_EQ(org(), "1");
  EXPECT_EQ(ctl.One({"org", "revoke", "--user", "1", "--id", "2"})["changed"], "false");
  EXPECT_EQ(org(), "1");
  EXPECT_EQ(ctl.One({"org", "grant", "--user", "1", "--id", "2"})["member"], "true");
  EXPECT_EQ(org(), "2");
  EXPECT_EQ(ctl.One({"org", "revoke", "--user", "1", "--id", "2"})["member"], "false");
  EXPECT_EQ(org(), "0");
}

TEST(RosterctlOrg, RefusesWhatIsNotThere) {
  const Rosterctl ctl;
  ctl.One({"org", "add", "--name", "Kite"});
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_EQ(ctl.Run({"org", "grant", "--user", "1", "--id", "9"}).err,
            "rosterctl: org 9: there is none; see `rosterctl org list`\n");
  EXPECT_EQ(ctl.Run({"org", "grant", "--user", "9", "--id", "1"}).status, 1);
  EXPECT_EQ(ctl.Run({"org", "grant", "--user", "1"}).status, 2);
}

}  // namespace
}  // namespace rosterd::testing
