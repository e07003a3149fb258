#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::SizeIs;

TEST(RosterctlCompany, IsAddedAndListed) {
  const Rosterctl ctl;

  auto first = ctl.One({"company", "add", "--name", "Main store"});
  auto other = ctl.One({"company", "add", "--name", "Лавка", "--email", "l@example.org", "--status",
                        "D", "--id", "70"});

  EXPECT_EQ(first["id"], "1");
  EXPECT_EQ(first["status"], "A");
  EXPECT_EQ(other["id"], "70");
  auto companies = ctl.Many({"company", "list"});
  ASSERT_THAT(companies, SizeIs(2));
  EXPECT_EQ(companies[1]["name"], "Лавка");
  EXPECT_EQ(companies[1]["email"], "l@example.org");
  EXPECT_EQ(ctl.Run({"company", "add", "--name", "X", "--id", "70"}).err,
            "rosterctl: --id: company 70 is there already\n");
}

TEST(RosterctlCompany, TakesAPersonInAsWhatItIsToBe) {
  const Rosterctl ctl;
  ctl.One({"company", "add", "--name", "Main store"});
  ctl.One({"user", "add", "--email", "ann@example.org"});

  auto granted = ctl.One({"company", "grant", "--user", "1", "--id", "1", "--cscart-type", "A"});

  EXPECT_EQ(granted["cscart_company_id"], "1");
  EXPECT_EQ(granted["cscart_user_type"], "A");
  EXPECT_EQ(ctl.One({"user", "show", "1"})["cscart_company_id"], "1");
}

TEST(RosterctlCompany, LosingItMakesNoAdministratorOfTheWholeShop) {
  const Rosterctl ctl;
  ctl.One({"company", "add", "--name", "Main store"});
  ctl.One({"user", "add", "--email", "ann@example.org", "--cscart-type", "A", "--cscart-root", "Y",
           "--cscart-company", "1"});

  auto revoked = ctl.One({"company", "revoke", "--user", "1", "--id", "1"});

  EXPECT_EQ(revoked["cscart_company_id"], "0");
  EXPECT_EQ(revoked["cscart_user_type"], "C");
  EXPECT_EQ(revoked["cscart_is_root"], "false");
}

TEST(RosterctlCompany, RefusesWhatIsNotThere) {
  const Rosterctl ctl;
  ctl.One({"company", "add", "--name", "Main store"});
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_EQ(ctl.Run({"company", "grant", "--user", "1", "--id", "9"}).err,
            "rosterctl: --id: there is no company 9; see `rosterctl company list`\n");
  EXPECT_EQ(ctl.Run({"company", "grant", "--user", "9", "--id", "1"}).err,
            "rosterctl: person 9: there is none\n");
  EXPECT_EQ(ctl.Run({"company", "revoke", "--user", "1", "--id", "1"}).err,
            "rosterctl: person 1 is not in company 1\n");
}

}  // namespace
}  // namespace rosterd::testing
