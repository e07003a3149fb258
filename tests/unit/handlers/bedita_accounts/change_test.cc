// Contract 6.6, and S4, S6, S7, S9 of section 19: forgotten passwords.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita_accounts/accounts.h"

namespace rosterd::bedita {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr const char* kChange = "/auth/change";
constexpr const char* kJobs = R"(Record not found in table "async_jobs")";

/// A user with this name, an address @example.org, and an old password, made in the store.
std::string AddUser(Accounts& accounts, const std::string& name, const std::string& more = "") {
  accounts.Execute(
      "INSERT INTO users (username, username_key, email, email_key, status,"
      " created_at, updated_at) VALUES ('" +
      name + "', '" + name + "', '" + name + "@example.org', '" + name +
      "@example.org', 'active', NOW(), NOW())");
  if (!more.empty()) {
    accounts.Execute("UPDATE users SET " + more + " WHERE username = '" + name + "'");
  }
  return accounts.Ask("SELECT id FROM users WHERE username = '" + name + "'");
}

std::string Wish(const std::string& contact, const std::string& url = "https://www.example.org/r") {
  return R"({"contact":")" + contact + R"(","change_url":")" + url + R"("})";
}

std::string Doing(const std::string& uuid, const std::string& password = "a brand new one",
                  const std::string& more = "") {
  return R"({"uuid":")" + uuid + R"(","password":")" + password + "\"" + more + "}";
}

/// The uuid that a user asked for.
std::string Ask(Accounts& accounts, const std::string& name) {
  EXPECT_EQ(accounts.Post(kChange, Wish(name + "@example.org")).status, 204);
  return accounts.UuidTo(name + "@example.org");
}

TEST(BeditaChange, MailsALink) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string id = AddUser(accounts, name);

  const Reply reply =
      accounts.Post(kChange, Wish(name + "@EXAMPLE.org", "https://www.example.org/reset?lang=en"));

  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(accounts.MailsTo(name + "@example.org"), "bedita.change " + id);
  EXPECT_THAT(
      accounts.LinkTo(name + "@example.org"),
      MatchesRegex("https://www\\.example\\.org/reset\\?lang=en&uuid=[0-9a-f]{8}-[0-9a-f]{4}-4"
                   "[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(accounts.Ask("SELECT CONCAT(kind, ' ', digest = UNHEX(SHA2('" +
                         accounts.UuidTo(name + "@example.org") +
                         "', 256)), ' ', TIMESTAMPDIFF(HOUR, created_at, expires_at)) FROM"
                         " credentials WHERE user_id = " +
                         id),
            "change 1 24");
}

TEST(BeditaChange, TakesForms) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);

  const Reply reply = accounts.Inner().Send(
      {.target = kChange,
       .method = "POST",
       .body = "contact=" + name + "%40example.org&change_url=https%3A%2F%2Fwww.example.org%2Fr",
       .content_type = "application/x-www-form-urlencoded"});

  EXPECT_EQ(reply.status, 204) << reply.body;
  EXPECT_THAT(accounts.LinkTo(name + "@example.org"), HasSubstr("https://www.example.org/r?uuid="));
}

TEST(BeditaChange, SaysWhatIsMissing) {
  Accounts& accounts = Accounts::Shared();

  Reply reply = accounts.Post(kChange, "{}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Title(), "Invalid data");
  EXPECT_EQ(reply.Detail(),
            "[contact._required]: This field is required [change_url._required]: This field is "
            "required");
  reply = accounts.Post(kChange, Wish("nobody", "nowhere"));
  EXPECT_EQ(reply.Detail(),
            "[contact.email]: The provided value is invalid [change_url.customUrl]: The provided "
            "value is invalid");
  EXPECT_EQ(accounts.Post(kChange, R"({"contact":["a"],"change_url":{}})").status, 400);
  EXPECT_EQ(accounts.Post(kChange, "[]").status, 400);
  EXPECT_EQ(accounts.Post(kChange, "").status, 400);
}

TEST(BeditaChange, LeadsNowhereElse) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);

  const Reply reply =
      accounts.Post(kChange, Wish(name + "@example.org", "https://www.example.org.evil.net/"));

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Detail(), "[change_url.customUrl]: The provided value is invalid");
  EXPECT_EQ(accounts.MailsTo(name + "@example.org"), "");
}

TEST(BeditaChange, DoesNotTellWhoIsThere) {
  Accounts& accounts = Accounts::Shared();
  const std::string blocked = NewName();
  const std::string gone = NewName();
  AddUser(accounts, blocked, "blocked = 1");
  AddUser(accounts, gone, "deleted_at = NOW(), email_key = NULL");

  for (const std::string& name : {NewName(), blocked, gone}) {
    EXPECT_EQ(accounts.Post(kChange, Wish(name + "@example.org")).status, 204);
    EXPECT_EQ(accounts.MailsTo(name + "@example.org"), "");
  }
}

TEST(BeditaChange, NeedsAnApplication) {
  Accounts& accounts = Accounts::Shared();
  for (const char* method : {"POST", "PATCH"}) {
    const Reply reply = accounts.Inner().Send(
        {.target = kChange, .method = method, .body = Wish("a@example.org"), .key = ""});
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.Title(), "Missing API key");
  }
  EXPECT_EQ(accounts.Send("GET", kChange, "").status, 405);
  EXPECT_EQ(accounts.Send("DELETE", kChange, "").Header("Allow"), "POST, PATCH");
}

TEST(BeditaChange, IsAskedForSoManyTimesAnHour) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);
  for (int i = 0; i < 5; ++i) Ask(accounts, name);

  const Reply reply = accounts.Post(kChange, Wish(name + "@Example.org"));

  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.Title(), "Too Many Requests");
  EXPECT_NE(reply.Header("Retry-After"), "");
  for (int i = 0; i <= 20; ++i) {
    const Reply from_one = accounts.Inner().Send({.target = kChange,
                                                  .method = "POST",
                                                  .body = Wish(NewName() + "@example.org"),
                                                  .address = "203.0.113.1"});
    EXPECT_EQ(from_one.status, i < 20 ? 204 : 429) << i;
  }
}

TEST(BeditaChange, SetsThePasswordOnce) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string id = AddUser(accounts, name);
  const std::string uuid = Ask(accounts, name);

  const Reply reply = accounts.Send("PATCH", kChange, Doing(uuid));

  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.At("data/id"), id);
  EXPECT_EQ(reply.At("data/attributes/username"), name);
  EXPECT_THAT(reply.body, HasSubstr(R"("roles":{"data":[])"));
  EXPECT_THAT(reply.body, ::testing::Not(HasSubstr("\"jwt\"")));
  EXPECT_NE(reply.At("data/meta/password_modified"), "null");
  EXPECT_EQ(accounts.Login(name, "a brand new one"), 200);
  const Reply again = accounts.Send("PATCH", kChange, Doing(uuid, "another new one"));
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(again.Title(), kJobs);
  EXPECT_EQ(accounts.Login(name, "a brand new one"), 200);
}

TEST(BeditaChange, SignsInWhoAsksForIt) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);

  const Reply reply =
      accounts.Send("PATCH", kChange, Doing(Ask(accounts, name), "a new one", R"(,"login":true)"));

  ASSERT_EQ(reply.status, 200) << reply.body;
  ASSERT_NE(reply.At("meta/jwt"), "");
  EXPECT_NE(reply.At("meta/renew"), "");
  const Reply self =
      accounts.Inner().Send({.target = "/users", .key = "", .bearer = reply.At("meta/jwt")});
  EXPECT_EQ(self.status, 200) << self.body;
}

TEST(BeditaChange, GivesNoTokensToWhoMayNotSignIn) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name, "status = 'pending'");

  const Reply reply =
      accounts.Send("PATCH", kChange, Doing(Ask(accounts, name), "a new one", R"(,"login":true)"));

  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.At("meta/jwt"), "");
  EXPECT_NE(accounts.Ask("SELECT password_hash FROM users WHERE username = '" + name + "'"), "");
}

TEST(BeditaChange, EndsTheOldSessions) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);
  ASSERT_EQ(accounts.Send("PATCH", kChange, Doing(Ask(accounts, name), "first one")).status, 200);
  const TokenPair tokens = accounts.Inner().Login(name, "first one");

  ASSERT_EQ(accounts.Send("PATCH", kChange, Doing(Ask(accounts, name), "second one")).status, 200);

  const Reply renewed = accounts.Inner().Send({.target = "/auth",
                                               .method = "POST",
                                               .body = R"({"grant_type":"refresh_token"})",
                                               .bearer = tokens.renew});
  EXPECT_EQ(renewed.status, 401);
}

TEST(BeditaChange, KeepsTheCodeWhenThePolicyRefuses) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);
  const std::string uuid = Ask(accounts, name);

  const Reply reply = accounts.Send("PATCH", kChange, Doing(uuid, "no"));

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Title(), "Invalid password");
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(uuid)).status, 200);
}

TEST(BeditaChange, WantsACodeAndAPassword) {
  Accounts& accounts = Accounts::Shared();

  Reply reply = accounts.Send("PATCH", kChange, "{}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(
      reply.Detail(),
      "[uuid._required]: This field is required [password._required]: This field is required");
  reply = accounts.Send("PATCH", kChange, Doing("", ""));
  EXPECT_EQ(reply.Detail(),
            "[uuid._empty]: This field cannot be left empty [password._empty]: This field cannot "
            "be left empty");
  reply = accounts.Send("PATCH", kChange, Doing("5b0f6a52-0c9e-4d0b-8f0d-6a4f2b8f9f11"));
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Title(), kJobs);
}

TEST(BeditaChange, RefusesCodesThatAreTooOldOrOfAnotherKind) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string id = AddUser(accounts, name);
  const std::string old = Ask(accounts, name);
  accounts.Execute("UPDATE credentials SET expires_at = '2020-01-01' WHERE user_id = " + id);
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(old)).Title(), kJobs);

  const std::string other = Ask(accounts, name);
  accounts.Execute("UPDATE credentials SET kind = 'signup' WHERE user_id = " + id);
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(other)).Title(), kJobs);
}

TEST(BeditaChange, RefusesCodesOfWhoIsBlockedOrGone) {
  Accounts& accounts = Accounts::Shared();
  const std::string blocked = NewName();
  const std::string blocked_id = AddUser(accounts, blocked);
  const std::string gone = NewName();
  const std::string gone_id = AddUser(accounts, gone);
  const std::string codes[] = {Ask(accounts, blocked), Ask(accounts, gone)};
  const Reply block = accounts.Inner().Send(
      {.target = "/users/" + blocked_id,
       .method = "PATCH",
       .body = R"({"data":{"type":"users","id":")" + blocked_id + R"(","meta":{"blocked":true}}})",
       .as = "bedita"});
  ASSERT_EQ(block.status, 200) << block.body;
  ASSERT_EQ(accounts.Inner()
                .Send({.target = "/users/" + gone_id, .method = "DELETE", .as = "bedita"})
                .status,
            204);

  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(codes[0])).Title(), kJobs);
  const Reply reply = accounts.Send("PATCH", kChange, Doing(codes[1]));
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Title(), R"(Record not found in table "users")");
}

TEST(BeditaChange, ReadsIncludeBeforeItWrites) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  AddUser(accounts, name);
  const std::string uuid = Ask(accounts, name);

  const Reply reply =
      accounts.Send("PATCH", std::string(kChange) + "?include=friends", Doing(uuid));

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Title(),
            R"(Invalid "include" query parameter (Relationship "friends" does not exist))");
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(uuid)).status, 200);
}

TEST(BeditaChangeSettings, MayTellWhoIsThere) {
  Accounts accounts([](config::Settings& settings) {
    settings.bedita.change_hides_unknown = false;
    settings.bedita.password_rule = "[0-9]";
    settings.bedita.password_message = "Use a digit";
    settings.bedita.link_allow = {"*"};
  });

  const Reply reply = accounts.Post(kChange, Wish("nobody@example.org", "https://any.example/x"));
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Title(), R"(Record not found in table "users")");
  const std::string name = NewName();
  AddUser(accounts, name);
  const std::string uuid = Ask(accounts, name);
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(uuid)).Title(), "Use a digit");
  EXPECT_EQ(accounts.Send("PATCH", kChange, Doing(uuid, "with 1 digit")).status, 200);
}

}  // namespace
}  // namespace rosterd::bedita
