#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/timeslot/reset_world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A world in which mira was mailed a link.
class Mailed {
 public:
  Mailed() : world(MailSettings()) {
    AskForReset(world);
    secret = LinkSecret(world);
  }

  World world;
  std::string secret;
};

TEST(TimeslotPasswordPage, IsAFormWithoutAnythingToLearnFrom) {
  Mailed mailed;
  const Reply page = OpenLink(mailed.world, mailed.secret);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.Header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.Header("Cache-Control"), "no-store");
  EXPECT_EQ(page.Header("X-Frame-Options"), "DENY");
  EXPECT_EQ(page.Header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.Header("ETag"), "");
  EXPECT_THAT(page.body, HasSubstr("value=\"" + mailed.secret + "\""));
  EXPECT_THAT(page.body, Not(HasSubstr("ira")));
  EXPECT_EQ(page.response.route, "/v1/users/reset/password");
}

TEST(TimeslotPasswordPage, IsLookedAtWithoutUsingTheLink) {
  Mailed mailed;
  EXPECT_EQ(OpenLink(mailed.world, mailed.secret).status, 200);
  EXPECT_EQ(mailed.world
                .Send({.target = "/v1/users/reset/password?token=" + mailed.secret,
                       .method = "HEAD",
                       .token = ""})
                .status,
            200);
  EXPECT_EQ(SendForm(mailed.world, mailed.secret, "new-password").status, 200);
}

TEST(TimeslotPasswordPage, SetsThePasswordAndEndsTokensAndLinks) {
  Mailed mailed;
  AskForReset(mailed.world);
  const std::string other = LinkSecret(mailed.world);
  ASSERT_NE(other, mailed.secret);

  const Reply done = SendForm(mailed.world, mailed.secret, "new-password");
  EXPECT_EQ(done.status, 200);
  EXPECT_THAT(done.body, HasSubstr("<h1>Password changed</h1>"));
  EXPECT_TRUE(IsPasswordOfMira(mailed.world, "new-password"));
  EXPECT_EQ(mailed.world.AskDatabase("SELECT COUNT(*) FROM credentials WHERE user_id = 4711"
                                     " AND revoked_at IS NULL"),
            "0");
  EXPECT_EQ(mailed.world.AskDatabase("SELECT CONCAT(action, ' ', user_id, ' ', actor_id, ' ',"
                                     " credential RLIKE '^reset:[0-9]+$', ' ', fields)"
                                     " FROM audit ORDER BY id DESC LIMIT 1"),
            "user.update 4711 4711 1 password");
  EXPECT_EQ(OpenLink(mailed.world, other).status, 410);
}

TEST(TimeslotPasswordPage, TakesALinkOnce) {
  Mailed mailed;
  EXPECT_EQ(SendForm(mailed.world, mailed.secret, "new-password").status, 200);
  const Reply again = SendForm(mailed.world, mailed.secret, "next-password");
  EXPECT_EQ(again.status, 410);
  EXPECT_THAT(again.body, HasSubstr("<h1>This link does not work</h1>"));
  EXPECT_EQ(OpenLink(mailed.world, mailed.secret).status, 410);
  EXPECT_TRUE(IsPasswordOfMira(mailed.world, "new-password"));
}

TEST(TimeslotPasswordPage, TakesALinkForAnHour) {
  Mailed mailed;
  mailed.world.Execute(
      "UPDATE credentials SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
      " WHERE kind = 'reset'");
  EXPECT_EQ(OpenLink(mailed.world, mailed.secret).status, 410);
  EXPECT_EQ(SendForm(mailed.world, mailed.secret, "new-password").status, 410);
  EXPECT_TRUE(IsPasswordOfMira(mailed.world, "s3cret-tea"));
}

TEST(TimeslotPasswordPage, TakesNoOtherCredentialForALink) {
  Mailed mailed;
  // The same secret, but as a token.
  mailed.world.Execute("UPDATE credentials SET kind = 'token' WHERE kind = 'reset'");
  EXPECT_EQ(OpenLink(mailed.world, mailed.secret).status, 410);
  mailed.world.Execute(
      "UPDATE credentials SET kind = 'reset', dialect = 'bedita'"
      " WHERE kind = 'token' AND expires_at IS NOT NULL");
  EXPECT_EQ(OpenLink(mailed.world, mailed.secret).status, 410);
}

TEST(TimeslotPasswordPage, EndsWithTheAccount) {
  Mailed mailed;
  ASSERT_TRUE(mailed.world.Persons().Delete({"rosterctl", {}, "", "", ""}, {4711}));
  EXPECT_EQ(SendForm(mailed.world, mailed.secret, "new-password").status, 410);
}

TEST(TimeslotPasswordPage, RefusesWhatIsNoLink) {
  Mailed mailed;
  for (const char* secret : {"", "short", "%00", "..%2F", "<script>"}) {
    const Reply page = OpenLink(mailed.world, secret);
    EXPECT_EQ(page.status, 404) << secret;
    EXPECT_THAT(page.body, HasSubstr("<h1>This link does not work</h1>")) << secret;
    EXPECT_THAT(page.body, Not(HasSubstr("script"))) << secret;
    EXPECT_EQ(SendForm(mailed.world, secret, "new-password").status, 404) << secret;
  }
  EXPECT_EQ(OpenLink(mailed.world, std::string(43, 'A')).status, 410);
  EXPECT_EQ(mailed.world.Get("/v1/users/reset/password", "").status, 404);
  EXPECT_EQ(mailed.world.Get("/v1/users/reset/password?token[]=a", "").status, 404);
}

TEST(TimeslotPasswordPage, HasTheRulesOfTheApi) {
  Mailed mailed;
  const struct {
    std::string fields;
    const char* says;
  } wrong[] = {
      {"", "Enter a new password."},
      {"&password=&repeated=", "Enter a new password."},
      {"&password=+++++&repeated=+++++", "Enter a new password."},
      {"&password[]=abcdef&repeated=abcdef", "Enter a new password."},
      {"&password=abcd&repeated=abcd", "too short"},
      {"&password=%C3%A4%C3%A4%C3%A4%C3%A4&repeated=%C3%A4%C3%A4%C3%A4%C3%A4", "too short"},
      {"&password=" + std::string(73, 'x') + "&repeated=" + std::string(73, 'x'), "too long"},
      {"&password=abc%00def&repeated=abc%00def", "cannot be used"},
      {"&password=abcdef&repeated=abcdeF", "not the same"},
      {"&password=abcdef", "not the same"},
  };
  for (const auto& [fields, says] : wrong) {
    const Reply page = mailed.world.Form("POST", "/v1/users/reset/password",
                                         "token=" + mailed.secret + fields, "");
    EXPECT_EQ(page.status, 422) << fields;
    EXPECT_THAT(page.body, HasSubstr(says)) << fields;
    EXPECT_THAT(page.body, HasSubstr("value=\"" + mailed.secret + "\"")) << fields;
  }
  EXPECT_TRUE(IsPasswordOfMira(mailed.world, "s3cret-tea"));

  std::string umlauts;
  for (int i = 0; i < 72; ++i) umlauts += "%C3%A4";
  EXPECT_EQ(SendForm(mailed.world, mailed.secret, umlauts).status, 200);
}

TEST(TimeslotPasswordPage, AsksForMoreWhereTheDirectoryDoes) {
  config::Settings settings = MailSettings();
  settings.directory.min_password_length = 12;
  World world(settings);
  AskForReset(world);
  const std::string secret = LinkSecret(world);
  EXPECT_THAT(OpenLink(world, secret).body, HasSubstr("Use 12 to 72 characters."));
  EXPECT_EQ(SendForm(world, secret, "eleven-long").status, 422);
  EXPECT_EQ(SendForm(world, secret, "twelve-longs").status, 200);
}

TEST(TimeslotPasswordPage, ReadsNothingFromTheQueryOfAPost) {
  Mailed mailed;
  const Reply page = mailed.world.Form("POST", "/v1/users/reset/password?token=" + mailed.secret,
                                       "password=new-password&repeated=new-password", "");
  EXPECT_EQ(page.status, 404);
  EXPECT_TRUE(IsPasswordOfMira(mailed.world, "s3cret-tea"));
}

}  // namespace
}  // namespace rosterd::timeslot
