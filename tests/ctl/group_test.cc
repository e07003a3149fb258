#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::SizeIs;

TEST(RosterctlGroup, IsAddedAndListedWithItsPrivileges) {
  const Rosterctl ctl;

  auto added = ctl.One({"group", "add", "--name", "Support", "--type", "A", "--privilege",
                        "view_users", "--privilege", "manage_users"});

  EXPECT_EQ(added["id"], "3");
  auto groups = ctl.Many({"group", "list"});
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0]["name"], "Support");
  EXPECT_EQ(groups[0]["type"], "A");
  EXPECT_EQ(groups[0]["privileges"], R"(["manage_users","view_users"])");
  EXPECT_EQ(ctl.Run({"group", "add", "--name", "X", "--type", "A", "--privilege", "fly"}).status,
            2);
}

TEST(RosterctlGroup, TakesPersonsOfItsKindInAndOut) {
  Rosterctl ctl;
  ctl.One({"group", "add", "--name", "Wholesale", "--type", "C"});
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_EQ(ctl.One({"group", "grant", "--user", "1", "--id", "3"})["changed"], "true");
  EXPECT_EQ(ctl.One({"group", "grant", "--user", "1", "--id", "3"})["changed"], "false");
  EXPECT_EQ(ctl.Database().Ask("SELECT status FROM cscart_usergroup_links WHERE user_id = 1"), "A");
  EXPECT_EQ(ctl.One({"group", "revoke", "--user", "1", "--id", "3"})["linked"], "false");
  EXPECT_NE(ctl.Database().Ask("SELECT status FROM cscart_usergroup_links WHERE user_id = 1"), "A");
}

TEST(RosterctlGroup, RefusesPersonsOfTheOtherKindAndWhatIsNotThere) {
  const Rosterctl ctl;
  ctl.One({"group", "add", "--name", "Wholesale", "--type", "C"});
  ctl.One({"user", "add", "--email", "root@example.org", "--cscart-type", "A"});

  EXPECT_EQ(ctl.Run({"group", "grant", "--user", "1", "--id", "3"}).err,
            "rosterctl: group 3 is for customers, person 1 is none\n");
  EXPECT_EQ(ctl.Run({"group", "grant", "--user", "1", "--id", "9"}).err,
            "rosterctl: group 9: there is none; see `rosterctl group list`\n");
  EXPECT_EQ(ctl.Run({"group", "grant", "--user", "9", "--id", "3"}).err,
            "rosterctl: person 9: there is none\n");
}

}  // namespace
}  // namespace rosterd::testing
