// DESIGN.md 2, rule 5: one password a person, wherever it came from.

#include <gtest/gtest.h>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

std::string FormOf(const std::string& id) {
  return World().RosterctlMember({"user", "show", id}, "password_form");
}

TEST(DialectsPassword, OneGivenInOneDialectWorksInAll) {
  for (const char* maker : {"cscart", "bedita", "brightact", "timeslot"}) {
    const std::string email = NewAddress();
    const std::string id = Make(Of(maker), {{"email", email}, {"password", "pass wörd 1"}});
    ASSERT_EQ(World().Rosterctl({"user", "set", id, "--username", email}).status, 0);

    EXPECT_EQ(LetIn(email, "pass wörd 1"), kAllSignIns) << maker;
    EXPECT_TRUE(LetIn(email, "Pass wörd 1").empty()) << maker;
  }
}

TEST(DialectsPassword, ANewOneReplacesItInAll) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "the first one");
  std::string old = "the first one";
  for (const char* changer : {"cscart", "bedita", "brightact", "timeslot"}) {
    const std::string password = std::string("set by ") + changer;

    ASSERT_EQ(Of(changer).Change(id, {{"password", password}}).status, 200) << changer;

    EXPECT_EQ(LetIn(email, password), kAllSignIns) << changer;
    EXPECT_TRUE(LetIn(email, old).empty()) << changer;
    old = password;
  }
}

TEST(DialectsPassword, AnImportedHashIsVerifiedAndReplacedInAny) {
  struct Case {
    const char* hash;
    const char* password;
    const char* form;
  };
  for (const Case& row : {Case{"$2a$04$abcdefghijklmnopqrstuuPNY0kUccSZ2RjFwx1wWnvZ9Nv01TrEm",
                               "bcrypt pass", "bcrypt"},
                          Case{"aa35a5af85de04ab560a6906f8bc2f7c", "md5 pass", "md5"}}) {
    for (const std::string& dialect : kAllSignIns) {
      const std::string email = NewAddress();
      const std::string id = MakeWithPassword(email, "to be replaced");
      ASSERT_EQ(World().Rosterctl({"user", "set", id, "--password-hash", row.hash}).status, 0);
      ASSERT_EQ(FormOf(id), row.form);
      const Caller& caller = Of(dialect);
      EXPECT_FALSE(caller.IsIn(caller.SignIn(email, "wrong"))) << dialect << row.form;
      EXPECT_EQ(FormOf(id), row.form) << dialect;

      EXPECT_TRUE(caller.IsIn(caller.SignIn(email, row.password))) << dialect << row.form;

      EXPECT_EQ(FormOf(id), "argon2") << dialect << row.form;
      EXPECT_EQ(LetIn(email, row.password), kAllSignIns) << dialect << row.form;
    }
  }
}

TEST(DialectsPassword, NobodyWithoutOneIsLetIn) {
  const std::string email = NewAddress();
  Make(Of("cocoaheads"), {{"email", email}});

  EXPECT_TRUE(LetIn(email, "").empty());
  EXPECT_TRUE(LetIn(email, "anything").empty());
}

TEST(DialectsPassword, ASignInIsTheLastLoginInAll) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  for (const std::string& dialect : kAllSignIns) {
    World().Sql("UPDATE users SET last_login_at = NULL WHERE id = " + id);

    EXPECT_TRUE(Of(dialect).IsIn(Of(dialect).SignIn(email, "pass word"))) << dialect;

    EXPECT_EQ(World().Sql("SELECT last_login_at IS NOT NULL FROM users WHERE id = " + id), "1\n")
        << dialect;
  }
}

}  // namespace
}  // namespace rosterd::testing
