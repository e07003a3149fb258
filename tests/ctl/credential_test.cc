#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ctl/rosterctl.h"

namespace rosterd::testing {
namespace {

using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kKey[] = "AbCdEfGhIjKlMnOpQrStUvWxYz012345";
constexpr char kBcrypt[] = "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2";

TEST(RosterctlKeyAdd, PrintsANewKeyOnce) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  auto added = ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});

  EXPECT_EQ(added["id"], "1");
  EXPECT_EQ(added["user"], "1");
  EXPECT_EQ(added["role"], "null");
  EXPECT_EQ(added["dialect"], "cscart");
  EXPECT_THAT(added["key"], MatchesRegex("[A-Za-z0-9]{32}"));
  EXPECT_EQ(ctl.Database().Ask("SELECT digest = UNHEX(SHA2('" + added["key"] +
                               "', 256)) FROM credentials WHERE id = 1"),
            "1");
}

TEST(RosterctlKeyAdd, ReplacesTheOneKeyOfACscartAccount) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});

  auto keys = ctl.Many({"key", "list", "--user", "1"});

  ASSERT_THAT(keys, SizeIs(1));
  EXPECT_EQ(keys[0]["id"], "2");
  EXPECT_EQ(keys[0]["kind"], "key");
}

TEST(RosterctlKeyAdd, TakesAGivenKeyOrItsBcryptHash) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_EQ(ctl.One({"key", "add", "--dialect", "cscart", "--user", "1", "--value", kKey})["key"],
            kKey);
  EXPECT_EQ(
      ctl.One({"key", "add", "--dialect", "cscart", "--user", "1", "--value", kBcrypt})["key"],
      "null");
  EXPECT_EQ(ctl.Database().Ask("SELECT CONCAT(form, ' ', digest) FROM credentials WHERE id = 2"),
            std::string("crypt ") + kBcrypt);
  EXPECT_THAT(ctl.Many({"key", "list"}), SizeIs(1));
}

TEST(RosterctlKeyAdd, RefusesKeysOfAnotherFormAndUnknownPersons) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  EXPECT_EQ(ctl.Run({"key", "add", "--dialect", "cscart", "--user", "1", "--value", "short"}).err,
            "rosterctl: --value: this is no key of cscart; allowed: 32 letters and digits, or a "
            "bcrypt hash of them\n");
  EXPECT_EQ(ctl.Run({"key", "add", "--dialect", "cscart", "--user", "9"}).err,
            "rosterctl: person 9: there is none\n");
  EXPECT_EQ(ctl.Run({"key", "add", "--dialect", "cscart", "--user", "9", "--value", kBcrypt}).err,
            "rosterctl: person 9: there is none\n");
  EXPECT_EQ(ctl.Run({"key", "add", "--dialect", "cscart", "--user", "1", "--role", "admin"}).err,
            "rosterctl: --role: cscart has no roles of keys\n");
  EXPECT_EQ(ctl.Run({"key", "add", "--dialect", "timeslot", "--user", "1"}).status, 2);
}

TEST(RosterctlKeyAdd, GivesBrightactKeysTheirRole) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  auto user = ctl.One({"key", "add", "--dialect", "brightact", "--user", "1"});
  auto admin = ctl.One({"key", "add", "--dialect", "brightact", "--user", "1", "--role", "admin"});

  EXPECT_THAT(user["key"], MatchesRegex("[0-9a-f]{32}"));
  EXPECT_EQ(user["role"], "user");
  EXPECT_EQ(admin["role"], "admin");
  EXPECT_THAT(ctl.Many({"key", "list", "--dialect", "brightact"}), SizeIs(2));
  EXPECT_EQ(
      ctl.Run({"key", "add", "--dialect", "brightact", "--user", "1", "--value", user["key"]}).err,
      "rosterctl: --value: this key is in use; revoke it first\n");
}

TEST(RosterctlKeyRevoke, EndsAKeyByItsIdOrByItself) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1"});
  EXPECT_EQ(ctl.One({"key", "revoke", "--id", "1"})["revoked"], "true");
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1", "--value", kKey});
  EXPECT_EQ(ctl.One({"key", "revoke", "--value", kKey})["id"], "2");

  EXPECT_THAT(ctl.Many({"key", "list"}), SizeIs(0));
  EXPECT_EQ(ctl.Run({"key", "revoke", "--id", "1"}).err,
            "rosterctl: key 1: it has ended already\n");
  EXPECT_EQ(ctl.Run({"key", "revoke", "--id", "9"}).err, "rosterctl: key 9: there is none\n");
  EXPECT_EQ(ctl.Run({"token", "revoke", "--id", "1"}).err, "rosterctl: token 1: there is none\n");
  EXPECT_EQ(ctl.Run({"key", "revoke"}).status, 2);
}

TEST(RosterctlToken, IsMadeListedAndRevoked) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});

  auto cocoaheads = ctl.One({"token", "add", "--dialect", "cocoaheads", "--user", "1"});
  auto timeslot = ctl.One({"token", "add", "--dialect", "timeslot", "--user", "1"});
  auto given =
      ctl.One({"token", "add", "--dialect", "timeslot", "--user", "1", "--value", "old+token/1="});

  EXPECT_THAT(cocoaheads["token"], MatchesRegex("[A-Za-z0-9_-]{43}"));
  EXPECT_THAT(timeslot["token"], MatchesRegex("[A-Za-z0-9_-]{27}"));
  EXPECT_EQ(given["token"], "old+token/1=");
  EXPECT_EQ(ctl.One({"token", "revoke", "--value", "old+token/1="})["id"], given["id"]);
  EXPECT_THAT(ctl.Many({"token", "list", "--dialect", "timeslot"}), SizeIs(1));
  EXPECT_THAT(ctl.Many({"token", "list"}), SizeIs(2));
}

TEST(RosterctlToken, EndsTheOldestOfTooMany) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  for (int i = 0; i < 3; ++i) {
    ctl.One({"token", "add", "--dialect", "cocoaheads", "--user", "1", "--set",
             "cocoaheads.tokens_per_user=2"});
  }

  auto tokens = ctl.Many({"token", "list", "--dialect", "cocoaheads"});

  ASSERT_THAT(tokens, SizeIs(2));
  EXPECT_EQ(tokens[0]["id"], "2");
}

TEST(RosterctlToken, ImportsWhateverFitsIntoAHeader) {
  Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  const auto import = [&](const std::string& value) {
    return ctl.Run(
        {"token", "add", "--dialect", "cocoaheads", "--user", "1", "--value", value, "--json"});
  };

  EXPECT_EQ(import("q1w2+E/==").status, 0);
  EXPECT_EQ(import("a b \xD0\xB6").status, 0);
  EXPECT_THAT(import("\xFF\xFE").out, ::testing::HasSubstr(R"("token":null)"));
  for (const std::string value : {" a", "a ", "a\nb", ""}) {
    EXPECT_EQ(import(value).err,
              "rosterctl: --value: this is no token of cocoaheads; allowed: up to 1024 bytes "
              "without control characters and blanks around\n")
        << value;
  }
  EXPECT_EQ(ctl.Database().Ask("SELECT digest = UNHEX(SHA2(UNHEX('FFFE'), 256)) FROM credentials"
                               " WHERE id = 3"),
            "1");
}

TEST(RosterctlKeyAdd, IsAuditedWithoutTheKey) {
  const Rosterctl ctl;
  ctl.One({"user", "add", "--email", "ann@example.org"});
  ctl.One({"key", "add", "--dialect", "cscart", "--user", "1", "--value", kKey});

  const Ran ran = ctl.Run({"audit", "--json"});

  EXPECT_THAT(ran.out, ::testing::HasSubstr(R"("action":"key.add")"));
  EXPECT_THAT(ran.out, ::testing::Not(::testing::HasSubstr(kKey)));
}

}  // namespace
}  // namespace rosterd::testing
