#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

TEST(RosterctlDemo, LoadsPersonsWithAddressesAndGroups) {
  Rosterctl ctl;
  ctl.One({"company", "add", "--name", "Main store"});
  ctl.One({"user", "add", "--email", "root@example.org", "--cscart-type", "A"});

  EXPECT_EQ(ctl.One({"demo", "--count", "1500"})["first_id"], "2");
  EXPECT_EQ(ctl.One({"demo", "--count", "10"})["first_id"], "1502");

  TestDatabase& database = ctl.Database();
  EXPECT_EQ(database.Ask("SELECT COUNT(*) FROM users"), "1511");
  EXPECT_EQ(database.Ask("SELECT COUNT(*) FROM cscart_profiles WHERE main_of = user_id"), "1510");
  EXPECT_EQ(database.Ask("SELECT COUNT(DISTINCT email_key) FROM users"), "1481");
  EXPECT_NE(database.Ask("SELECT COUNT(*) FROM cscart_usergroup_links"), "0");
  EXPECT_NE(database.Ask("SELECT COUNT(*) FROM bedita_user_roles"), "0");
  EXPECT_NE(database.Ask("SELECT COUNT(brightact_org_id) FROM users"), "0");
  EXPECT_NE(database.Ask("SELECT COUNT(timeslot_phone_login) FROM users"), "0");
  EXPECT_EQ(database.Ask("SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL"), "30");
  EXPECT_EQ(database.Ask("SELECT name FROM cscart_companies WHERE id = 1"), "Main store");
  EXPECT_EQ(database.Ask("SELECT COUNT(*) FROM cscart_companies"), "3");
  EXPECT_EQ(database.Ask("SELECT COUNT(*) FROM brightact_orgs"), "4");
}

TEST(RosterctlDemo, MakesPersonsThatTheDirectoryCanChange) {
  const Rosterctl ctl;
  ctl.One({"demo", "--count", "3"});
  const std::string email = ctl.One({"user", "show", "2"})["email"];

  EXPECT_EQ(ctl.One({"user", "set", email, "--phone", "5"})["id"], "2");
  EXPECT_EQ(ctl.Run({"user", "add", "--email", email}).status, 1);
  ctl.One({"user", "delete", "2"});
  EXPECT_EQ(ctl.One({"user", "purge", "2"})["purged"], "true");
}

TEST(RosterctlDemo, PutsSomePersonsIntoTheTrashWithTheirNamesFree) {
  Rosterctl ctl;
  ctl.One({"demo", "--count", "100"});
  const std::string email = ctl.Database().Ask("SELECT email FROM users WHERE id = 49");

  EXPECT_EQ(ctl.Database().Ask(
                "SELECT GROUP_CONCAT(id ORDER BY id) FROM users WHERE deleted_at IS NOT NULL"),
            "49,99");
  EXPECT_EQ(ctl.One({"user", "restore", "99"})["id"], "99");
  EXPECT_EQ(ctl.One({"user", "add", "--email", email})["email"], email);
}

}  // namespace
}  // namespace rosterd::testing
