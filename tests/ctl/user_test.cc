#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(RosterctlUserAdd, ShowsThePersonItMade) {
  const Rosterctl ctl;

  auto person = ctl.One({"user", "add", "--email", "ann@example.org", "--first-name", "Анна",
                         "--last-name", "Ким", "--phone", "+7 495 1", "--company", "Acme",
                         "--position", "CTO", "--status", "pending", "--blocked", "on"});

  EXPECT_EQ(person["id"], "1");
  EXPECT_EQ(person["username"], "user_1");
  EXPECT_EQ(person["email"], "ann@example.org");
  EXPECT_EQ(person["first_name"], "Анна");
  EXPECT_EQ(person["last_name"], "Ким");
  EXPECT_EQ(person["phone"], "+7 495 1");
  EXPECT_EQ(person["company"], "Acme");
  EXPECT_EQ(person["position"], "CTO");
  EXPECT_EQ(person["status"], "pending");
  EXPECT_EQ(person["blocked"], "true");
  EXPECT_EQ(person["password_form"], "none");
  EXPECT_EQ(person["deleted_at"], "null");
  EXPECT_EQ(person["cscart_user_type"], "C");
}

TEST(RosterctlUserAdd, TakesTheColumnsOfCscart) {
  const Rosterctl ctl;

  auto person = ctl.One({"user", "add", "--email", "root@example.org", "--cscart-type", "A",
                         "--cscart-root", "Y", "--cscart-company", "0"});

  EXPECT_EQ(person["cscart_user_type"], "A");
  EXPECT_EQ(person["cscart_is_root"], "true");
  EXPECT_EQ(person["cscart_company_id"], "0");
}

TEST(RosterctlUserSet, PushesTheCountersOfTimeslot) {
  const Rosterctl ctl;

  auto added = ctl.One({"user", "add", "--username", "ann", "--timeslot-slot-count", "3"});
  EXPECT_EQ(added["timeslot_slot_count"], "3");
  EXPECT_EQ(added["timeslot_reslot_count"], "0");
  auto person = ctl.One(
      {"user", "set", "1", "--timeslot-slot-count", "12", "--timeslot-reslot-count", "4294967295"});
  EXPECT_EQ(person["timeslot_slot_count"], "12");
  EXPECT_EQ(person["timeslot_reslot_count"], "4294967295");
  EXPECT_EQ(ctl.Run({"user", "set", "1", "--timeslot-slot-count", "4294967296"}).err,
            "rosterctl: --timeslot-slot-count: at most 4294967295\n");
  EXPECT_EQ(ctl.Run({"user", "set", "1", "--timeslot-slot-count", "-1"}).status, 2);
}

TEST(RosterctlUserAdd, KeepsAnOldId) {
  const Rosterctl ctl;

  EXPECT_EQ(ctl.One({"user", "add", "--id", "4711", "--username", "ann"})["id"], "4711");
  EXPECT_EQ(ctl.One({"user", "add", "--username", "bob"})["id"], "4712");
}

TEST(RosterctlUserAdd, RefusesIdsThatCannotBeGiven) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--id", "7", "--username", "ann"});

  EXPECT_EQ(ctl.Run({"user", "add", "--id", "7", "--username", "bob"}).err,
            "rosterctl: --id: person 7 is there already, perhaps in the trash or purged\n");
  EXPECT_EQ(ctl.Run({"user", "add", "--id", "0", "--username", "bob"}).err,
            "rosterctl: --id: from 1 to 4503599627370496, not 0\n");
  EXPECT_EQ(ctl.Run({"user", "add", "--id", "4503599627370497", "--username", "bob"}).status, 1);
}

TEST(RosterctlUserAdd, RefusesTakenNamesInAnyCase) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org", "--username", "ann"});

  const Ran email = ctl.Run({"user", "add", "--email", "ANN@example.org"});
  const Ran username = ctl.Run({"user", "add", "--username", "Ann"});

  EXPECT_EQ(email.status, 1);
  EXPECT_EQ(email.err,
            "rosterctl: user add: another person has this e-mail address; change or delete that "
            "person first\n");
  EXPECT_EQ(username.status, 1);
  EXPECT_THAT(username.err, HasSubstr("another person has this username"));
}

TEST(RosterctlUserAdd, LetsStoresHaveTheirOwnCustomersWhenUsersAreNotShared) {
  const Rosterctl ctl;
  const std::vector<std::string> first = {"user",
                                          "add",
                                          "--set",
                                          "cscart.share_users=N",
                                          "--email",
                                          "ann@example.org",
                                          "--cscart-company",
                                          "1"};
  std::vector<std::string> second = first;
  second.back() = "2";

  EXPECT_EQ(ctl.Run(first).status, 0);
  EXPECT_EQ(ctl.Run(second).status, 0);
  EXPECT_EQ(ctl.Run(second).status, 1);
}

TEST(RosterctlUserAdd, RefusesWhatIsNoPerson) {
  const Rosterctl ctl;

  EXPECT_EQ(ctl.Run({"user", "add"}).err,
            "rosterctl: user add: give --email, --username, or both\n");
  EXPECT_EQ(ctl.Run({"user", "add", "--email", "ann"}).err,
            "rosterctl: --email: \"ann\" is no e-mail address\n");
  EXPECT_EQ(ctl.Run({"user", "add", "--email", "a@b", "--status", "gone"}).status, 2);
  EXPECT_EQ(ctl.Run({"user", "add", "--email", "a@b", "--cscart-type", "X"}).status, 2);
}

TEST(RosterctlUserPassword, IsReadFromStdinAndNeverShown) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  const Ran ran = ctl.Run({"user", "set", "1", "--password", "-", "--json"}, "s3cret word\n");

  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr(R"("password_form":"argon2")"));
  EXPECT_THAT(ran.out + ran.err, ::testing::Not(HasSubstr("s3cret")));
  EXPECT_THAT(ctl.Database().Ask("SELECT password_hash FROM users WHERE id = 1"),
              StartsWith("$argon2id$"));
}

TEST(RosterctlUserPassword, MayBeAHashOfAnotherSystem) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  ctl.One(
      {"user", "set", "1", "--password-hash", "817c4503ab6f0f06755bc17ec712eaa4", "--salt", "abc"});

  EXPECT_EQ(ctl.Database().Ask("SELECT password_hash FROM users WHERE id = 1"),
            "817c4503ab6f0f06755bc17ec712eaa4");
  EXPECT_EQ(ctl.Database().Ask("SELECT password_salt FROM users WHERE id = 1"), "abc");
}

TEST(RosterctlUserPassword, RefusesUnknownHashesAndEmptyPasswords) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_THAT(ctl.Run({"user", "set", "1", "--password-hash", "{SSHA}abc"}).err,
              StartsWith("rosterctl: --password-hash: this form is not known"));
  EXPECT_EQ(ctl.Run({"user", "set", "1", "--password", "-"}, "").err,
            "rosterctl: --password: an empty password is not allowed\n");
}

TEST(RosterctlUserSet, ChangesWhatIsGivenAndNothingElse) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org", "--phone", "1", "--first-name", "Ann"});

  auto person = ctl.One({"user", "set", "ann@example.org", "--phone", "", "--last-name", "Lee"});

  EXPECT_EQ(person["phone"], "");
  EXPECT_EQ(person["last_name"], "Lee");
  EXPECT_EQ(person["first_name"], "Ann");
  EXPECT_EQ(person["email"], "ann@example.org");
}

TEST(RosterctlUserSet, MayTakeTheEmailAddressAway) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org", "--username", "ann"});

  EXPECT_EQ(ctl.One({"user", "set", "ann", "--email", ""})["email"], "null");
}

TEST(RosterctlUserSet, AuditsWhoDidWhat) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"user", "set", "1", "--phone", "5", "--cscart-type", "V"});

  auto rows = ctl.Many({"audit", "--user", "1"});

  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0]["dialect"], "rosterctl");
  EXPECT_EQ(rows[0]["action"], "user.update");
  EXPECT_EQ(rows[0]["user"], "1");
  EXPECT_EQ(rows[0]["actor"], "0");
  EXPECT_EQ(rows[0]["address"], "");
  EXPECT_THAT(rows[0]["credential"], StartsWith("os:"));
  EXPECT_EQ(rows[0]["fields"], R"(["phone","cscart_user_type"])");
  EXPECT_EQ(rows[1]["action"], "user.create");
}

TEST(RosterctlUserList, FiltersAndPages) {
  const Rosterctl ctl;
  for (const char* name : {"ann", "bob", "cid"}) ctl.One({"user", "add", "--username", name});
  ctl.One({"user", "set", "bob", "--status", "disabled", "--last-name", "100%"});

  EXPECT_THAT(ctl.Many({"user", "list"}), SizeIs(3));
  EXPECT_THAT(ctl.Many({"user", "list", "--limit", "2"}), SizeIs(2));
  EXPECT_EQ(ctl.Many({"user", "list", "--after", "2"}).at(0)["username"], "cid");
  EXPECT_EQ(ctl.Many({"user", "list", "--status", "disabled"}).at(0)["username"], "bob");
  EXPECT_EQ(ctl.Many({"user", "list", "--search", "0%"}).at(0)["username"], "bob");
  EXPECT_THAT(ctl.Many({"user", "list", "--search", "%"}), SizeIs(1));
}

TEST(RosterctlUserDelete, CanBeTakenBackUntilThePurge) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org", "--first-name", "Ann"});

  ctl.One({"user", "delete", "1"});
  EXPECT_THAT(ctl.Many({"user", "list"}), SizeIs(0));
  EXPECT_THAT(ctl.Many({"user", "list", "--deleted"}), SizeIs(1));
  EXPECT_EQ(ctl.Run({"user", "delete", "1"}).err, "rosterctl: person 1: there is none\n");

  EXPECT_EQ(ctl.One({"user", "restore", "1"})["deleted_at"], "null");
  EXPECT_EQ(ctl.Run({"user", "restore", "1"}).err,
            "rosterctl: person 1 is not in the trash; see `rosterctl user list --deleted`\n");
  EXPECT_EQ(ctl.Run({"user", "purge", "1"}).err,
            "rosterctl: person 1 is not in the trash; `rosterctl user delete` puts it there "
            "first\n");

  ctl.One({"user", "delete", "1"});
  EXPECT_EQ(ctl.One({"user", "purge", "1"})["purged"], "true");
  EXPECT_THAT(ctl.Many({"user", "list", "--deleted"}), SizeIs(0));
  EXPECT_EQ(ctl.Run({"user", "show", "1"}).status, 1);
  EXPECT_EQ(ctl.Database().Ask("SELECT first_name FROM users WHERE id = 1"), "");
}

TEST(RosterctlUserDelete, EndsCredentials) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});

  ctl.One({"user", "delete", "1"});

  EXPECT_THAT(ctl.Many({"key", "list"}), SizeIs(0));
}

TEST(RosterctlUserRestore, RefusesANameThatSomebodyHasNow) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"user", "delete", "1"});
  ctl.One({"user", "add", "--email", "ann@example.org"});

  const Ran ran = ctl.Run({"user", "restore", "1"});

  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("another person has this e-mail address"));
}

}  // namespace
}  // namespace rosterd::testing
