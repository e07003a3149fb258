// Contract 13, and S4, S6, S9 of section 19: signing up.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/handlers/bedita_accounts/accounts.h"

namespace rosterd::bedita {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr const char* kSignup = "/signup";
constexpr const char* kActivation = "/signup/activation";
constexpr const char* kJobs = R"(Record not found in table "async_jobs")";

std::string Fields(const std::string& name, const std::string& more = "") {
  return R"("username":")" + name + R"(","password":"4 long Pass phrase","email":")" + name +
         R"(@example.org")" + more;
}

std::string Whole(const std::string& name, const std::string& more = "") {
  return "{" + Fields(name, more) + R"(,"activation_url":"https://www.example.org/a?step=2"})";
}

std::string Uuid(const std::string& uuid) { return R"({"uuid":")" + uuid + R"("})"; }

/// The uuid that a new user of this name was mailed.
std::string SignUpAs(Accounts& accounts, const std::string& name) {
  const Reply reply = accounts.Post(kSignup, Whole(name));
  EXPECT_EQ(reply.status, 202) << reply.body;
  return accounts.UuidTo(name + "@example.org");
}

TEST(BeditaSignup, MakesADraftAndMailsALink) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();

  const Reply reply = accounts.Post(kSignup, Whole(name, R"(,"name":"Jane","status":"on")"
                                                         R"(,"uname":"x","city":"Tula")"));

  ASSERT_EQ(reply.status, 202) << reply.body;
  EXPECT_EQ(reply.At("data/type"), "users");
  EXPECT_EQ(reply.At("data/attributes/status"), "draft");
  EXPECT_EQ(reply.At("data/attributes/uname"), "user-" + name);
  EXPECT_EQ(reply.At("data/attributes/title"), "Jane");
  EXPECT_EQ(reply.At("data/attributes/city"), "Tula");
  EXPECT_EQ(reply.At("data/attributes/email"), name + "@example.org");
  EXPECT_EQ(reply.At("data/meta/created_by"), "1");
  EXPECT_EQ(reply.At("data/meta/modified_by"), "1");
  EXPECT_EQ(reply.At("data/meta/verified"), "null");
  EXPECT_THAT(reply.body, HasSubstr(R"("roles":{"data":[])"));
  EXPECT_THAT(reply.body, Not(HasSubstr("Pass phrase")));
  EXPECT_THAT(reply.body, HasSubstr(R"("self":"https://dir.example.org/signup")"));
  EXPECT_EQ(accounts.MailsTo(name + "@example.org"), "bedita.signup " + reply.At("data/id"));
  EXPECT_THAT(accounts.LinkTo(name + "@example.org"),
              MatchesRegex("https://www\\.example\\.org/a\\?step=2&uuid=[0-9a-f-]{36}"));
  EXPECT_EQ(accounts.Login(name, "4 long Pass phrase"), 401);
}

TEST(BeditaSignup, TakesADocument) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();

  const Reply reply =
      accounts.Post(kSignup, R"({"data":{"type":"users","attributes":{)" + Fields(name) +
                                 R"(},"meta":{"activation_url":"myapp://go","redirect_url":)"
                                 R"("https://www.example.org/b?c=d e"}}})");
  EXPECT_EQ(reply.Detail(), "[redirect_url.customUrl]: The provided value is invalid");

  EXPECT_EQ(accounts
                .Post(kSignup, R"({"data":{"type":"users","attributes":{)" + Fields(name) +
                                   R"(},"meta":{"activation_url":"myapp://go","redirect_url":)"
                                   R"("https://www.example.org/b?c=d"}}})")
                .status,
            202);
  EXPECT_THAT(accounts.LinkTo(name + "@example.org"),
              MatchesRegex("myapp://go\\?uuid=[0-9a-f-]{36}&redirect_url=https%3A%2F%2Fwww\\."
                           "example\\.org%2Fb%3Fc%3Dd"));
}

TEST(BeditaSignup, RefusesADocumentOfAnotherType) {
  Accounts& accounts = Accounts::Shared();

  EXPECT_EQ(accounts.Post(kSignup, R"({"data":{"type":"roles","attributes":{}}})").status, 409);
  const Reply reply = accounts.Post(kSignup, R"({"data":{"attributes":{}}})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Detail(), "Key `type` is mandatory");
  EXPECT_EQ(accounts.Post(kSignup, R"({"data":[1]})").status, 400);
}

TEST(BeditaSignup, SaysWhatIsMissing) {
  Accounts& accounts = Accounts::Shared();

  const Reply none = accounts.Post(kSignup, "{}");
  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(none.Title(), "Invalid data");
  for (const char* detail : {"[username._required]: This field is required",
                             "[password_hash._required]: This field is required",
                             "[email._required]: This field is required",
                             "[activation_url._required]: This field is required"}) {
    EXPECT_THAT(none.Detail(), HasSubstr(detail));
  }
  const Reply empty =
      accounts.Post(kSignup, R"({"username":"","password":"","email":"","activation_url":""})");
  for (const char* detail :
       {"[username._empty]: This field cannot be left empty", "[password_hash._required]",
        "[email._required]", "[activation_url._required]"}) {
    EXPECT_THAT(empty.Detail(), HasSubstr(detail));
  }
}

TEST(BeditaSignup, RefusesWhatIsWrong) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const auto detail = [&](const std::string& url) {
    return accounts.Post(kSignup, "{" + Fields(name) + R"(,"activation_url":")" + url + R"("})")
        .Detail();
  };
  for (const char* url : {"https://activate", "nothing", "https://evil.example/",
                          "https://www.example.org@evil.example/", "otherapp://x"}) {
    EXPECT_EQ(detail(url), "[activation_url.customUrl]: The provided value is invalid") << url;
  }
  EXPECT_EQ(accounts.Post(kSignup, Whole("a<b")).Detail(),
            "[username.validUsername]: The provided value is invalid [email.email]: The provided "
            "value is invalid");
  EXPECT_EQ(accounts
                .Post(kSignup, R"({"username":"x","password":"no","email":"x@example.org",)"
                               R"("activation_url":"https://www.example.org/"})")
                .Title(),
            "Invalid password");
  EXPECT_EQ(accounts.Post(kSignup, Whole(name, R"(,"roles":["editor"])")).Detail(),
            "[roles.validateRoles]: Roles are not allowed on signup");
  EXPECT_EQ(accounts.Ask("SELECT COUNT(*) FROM users WHERE username = '" + name + "'"), "0");
}

TEST(BeditaSignup, RefusesNamesThatAreTaken) {
  Accounts& accounts = Accounts::Shared();

  const Reply username = accounts.Post(kSignup, Whole("Edith"));
  EXPECT_EQ(username.status, 400);
  EXPECT_EQ(username.Title(), "User \"Edith\" already registered");
  EXPECT_EQ(username.At("error/code"), "be_user_exists");
  const Reply email =
      accounts.Post(kSignup, R"({"username":")" + NewName() +
                                 R"(","password":"4 long Pass phrase","email":"MARA@example.org",)"
                                 R"("activation_url":"https://www.example.org/"})");
  EXPECT_EQ(email.status, 400);
  EXPECT_EQ(email.Detail(), "[email.unique]: The provided value is invalid");
}

TEST(BeditaSignup, ReadsIncludeBeforeItWrites) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();

  const Reply reply = accounts.Post(std::string(kSignup) + "?include=roles.users", Whole(name));

  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Title(), "Inclusion of nested resources is not yet supported");
  EXPECT_EQ(accounts.Ask("SELECT COUNT(*) FROM users WHERE username = '" + name + "'"), "0");
  EXPECT_EQ(accounts.MailsTo(name + "@example.org"), "");
}

TEST(BeditaSignup, IsCounted) {
  Accounts& accounts = Accounts::Shared();
  for (int i = 0; i <= 20; ++i) {
    const Reply reply = accounts.Inner().Send(
        {.target = kSignup, .method = "POST", .body = Whole(NewName()), .address = "203.0.113.7"});
    EXPECT_EQ(reply.status, i < 20 ? 202 : 429) << i;
  }
}

TEST(BeditaSignup, NeedsAnApplicationAndPost) {
  Accounts& accounts = Accounts::Shared();
  for (const char* target : {kSignup, kActivation}) {
    EXPECT_EQ(accounts.Inner()
                  .Send({.target = target, .method = "POST", .body = "{}", .key = ""})
                  .Title(),
              "Missing API key");
    EXPECT_EQ(accounts.Send("GET", target, "").status, 405);
  }
}

TEST(BeditaActivation, LetsTheUserInOnce) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string uuid = SignUpAs(accounts, name);
  const std::string id = accounts.Ask("SELECT id FROM users WHERE username = '" + name + "'");

  const Reply reply = accounts.Post(kActivation, Uuid(uuid));

  EXPECT_EQ(reply.status, 204) << reply.body;
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(accounts.Ask("SELECT CONCAT_WS(' ', status, bedita_verified IS NOT NULL,"
                         " bedita_created_by, bedita_modified_by) FROM users WHERE id = " +
                         id),
            "active 1 " + id + " " + id);
  EXPECT_EQ(accounts.MailsTo(name + "@example.org"),
            "bedita.welcome " + id + ",bedita.signup " + id);
  EXPECT_EQ(accounts.Login(name, "4 long Pass phrase"), 200);
  const Reply again = accounts.Post(kActivation, Uuid(uuid));
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(again.Title(), kJobs);
}

TEST(BeditaActivation, RefusesWhatIsNoCode) {
  Accounts& accounts = Accounts::Shared();

  for (const char* body : {"{}", R"({"uuid":""})", R"({"uuid":null})", ""}) {
    const Reply reply = accounts.Post(kActivation, body);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.Title(), "Parameter \"uuid\" missing");
  }
  const Reply reply = accounts.Post(kActivation, Uuid("5b0f6a52-0c9e-4d0b-8f0d-6a4f2b8f9f11"));
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Title(), kJobs);
}

TEST(BeditaActivation, RefusesCodesThatAreTooOldOrOfAnotherKind) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string uuid = SignUpAs(accounts, name);
  const std::string where =
      " WHERE user_id = (SELECT id FROM users WHERE username = '" + name + "')";
  accounts.Execute("UPDATE credentials SET kind = 'change'" + where);
  EXPECT_EQ(accounts.Post(kActivation, Uuid(uuid)).Title(), kJobs);
  accounts.Execute("UPDATE credentials SET kind = 'signup', expires_at = '2020-01-01'" + where);
  EXPECT_EQ(accounts.Post(kActivation, Uuid(uuid)).Title(), kJobs);
}

TEST(BeditaActivation, SaysWhenTheUserIsGoneOrActive) {
  Accounts& accounts = Accounts::Shared();
  const std::string gone = NewName();
  const std::string gone_uuid = SignUpAs(accounts, gone);
  const std::string id = accounts.Ask("SELECT id FROM users WHERE username = '" + gone + "'");
  ASSERT_EQ(
      accounts.Inner().Send({.target = "/users/" + id, .method = "DELETE", .as = "bedita"}).status,
      204);
  EXPECT_EQ(accounts.Post(kActivation, Uuid(gone_uuid)).Title(),
            R"(Record not found in table "users")");

  const std::string active = NewName();
  const std::string uuid = SignUpAs(accounts, active);
  accounts.Execute(
      "UPDATE users SET status = 'active', bedita_verified = NOW() WHERE username = '" + active +
      "'");
  const Reply reply = accounts.Post(kActivation, Uuid(uuid));
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.Title(), "User already active");
}

TEST(BeditaActivation, OutlivesANewPassword) {
  Accounts& accounts = Accounts::Shared();
  const std::string name = NewName();
  const std::string uuid = SignUpAs(accounts, name);
  ASSERT_EQ(accounts
                .Post("/auth/change", R"({"contact":")" + name +
                                          R"(@example.org","change_url":)"
                                          R"("https://www.example.org/"})")
                .status,
            204);
  ASSERT_EQ(accounts
                .Send("PATCH", "/auth/change",
                      R"({"uuid":")" + accounts.UuidTo(name + "@example.org") +
                          R"(","password":"another long one"})")
                .status,
            200);

  EXPECT_EQ(accounts.Post(kActivation, Uuid(uuid)).status, 204);
}

TEST(BeditaSignupSettings, MayAskForLess) {
  Accounts accounts([](config::Settings& settings) {
    settings.bedita.signup_require_email = false;
    settings.bedita.signup_require_password = false;
    settings.bedita.signup_activation_url = "https://elsewhere.example/go";
    settings.bedita.signup_default_roles = {"editor", "admin", "nobody"};
  });
  const std::string name = NewName();

  const Reply reply = accounts.Post(kSignup, R"({"username":")" + name + R"("})");
  EXPECT_EQ(reply.status, 202) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(R"("roles":{"data":[{"id":"3","type":"roles"}])"));
  EXPECT_EQ(accounts.Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
  const std::string other = NewName();
  EXPECT_EQ(accounts.Post(kSignup, "{" + Fields(other) + "}").status, 202);
  EXPECT_THAT(accounts.LinkTo(other + "@example.org"),
              MatchesRegex("https://elsewhere\\.example/go\\?uuid=[0-9a-f-]{36}"));
}

TEST(BeditaSignupSettings, MayAllowRoles) {
  Accounts accounts([](config::Settings& settings) {
    settings.bedita.signup_roles = {"editor", "admin", "manager"};
    settings.bedita.signup_require_activation = false;
  });
  const auto detail = [&](const std::string& more) {
    return accounts.Post(kSignup, Whole(NewName(), more)).Detail();
  };
  EXPECT_EQ(detail(""), "[roles._required]: This field is required");
  EXPECT_EQ(detail(R"(,"roles":[])"), "[roles._empty]: This field cannot be left empty");
  EXPECT_EQ(detail(R"(,"roles":["editor","[boss",7])"),
            "[roles.validateRoles]: (boss, ? not allowed on signup");
  EXPECT_EQ(detail(R"(,"roles":["admin"])"), "[roles.validateRoles]: admin not allowed on signup");

  const std::string name = NewName();
  const Reply reply = accounts.Post(kSignup, Whole(name, R"(,"roles":["manager","editor"])"));
  EXPECT_EQ(reply.status, 202) << reply.body;
  EXPECT_EQ(reply.At("data/attributes/status"), "on");
  EXPECT_EQ(reply.At("included/0/attributes/name"), "manager");
  EXPECT_EQ(accounts.Login(name, "4 long Pass phrase"), 200);
}

TEST(BeditaSignupSettings, MayBeOff) {
  Accounts accounts([](config::Settings& settings) { settings.bedita.signup_enabled = false; });

  for (const std::string target : {"/signup", "/signup/activation"}) {
    const Reply reply = accounts.Post(target, Whole(NewName()));
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.Title(), "A route matching \"" + target + "\" could not be found.");
  }
}

TEST(BeditaSignupSettings, LeaveNobodyBehindWithoutATemplate) {
  Accounts accounts([](config::Settings& settings) { settings.mail.templates = "/nowhere"; });

  EXPECT_THROW(accounts.Post(kSignup, Whole("jane")), std::runtime_error);
  EXPECT_EQ(accounts.Ask("SELECT COUNT(*) FROM users WHERE username = 'jane'"), "0");
}

}  // namespace
}  // namespace rosterd::bedita
