#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/timeslot/reset_world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr const char* kMissing = R"({"error":"param is missing or the value is empty: email"})";

std::string Mails(World& world) {
  return world.AskDatabase(
      "SELECT COALESCE(GROUP_CONCAT(CONCAT(kind, ' ', user_id, ' ', recipient) ORDER BY id"
      " SEPARATOR ', '), 'none') FROM mail_outbox");
}

std::string LiveCredentials(World& world) {
  return world.AskDatabase(
      "SELECT COALESCE(GROUP_CONCAT(kind ORDER BY id), 'none') FROM credentials"
      " WHERE user_id = 4711 AND revoked_at IS NULL");
}

std::string Audit(World& world) {
  return world.AskDatabase(
      "SELECT COALESCE(GROUP_CONCAT(CONCAT(action, ' ', user_id, ' ', REGEXP_REPLACE(fields,"
      " '[0-9]+', 'N')) ORDER BY id SEPARATOR ', '), 'none') FROM audit");
}

TEST(TimeslotReset, AnswersWithOneSpaceAndMailsALink) {
  World world(MailSettings());
  const Reply reply = AskForReset(world, "MIRA.Falk@example.net");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, " ");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  EXPECT_EQ(reply.Header("ETag"), "\"7215ee9c7d9dc229d2921a40e899ec5f\"");
  EXPECT_EQ(Mails(world), "timeslot.reset 4711 mira.falk@example.net");
  const std::string text = world.AskDatabase("SELECT text_body FROM mail_outbox");
  EXPECT_THAT(text, HasSubstr("\nhttps://api.example.net/v1/users/reset/password?token="));
  EXPECT_THAT(text, HasSubstr("60 minutes"));
  EXPECT_THAT(LinkSecret(world), MatchesRegex("[A-Za-z0-9_-]{43}"));
}

TEST(TimeslotReset, LeavesPasswordAndTokensAsTheyAre) {
  World world(MailSettings());
  AskForReset(world);
  EXPECT_TRUE(IsPasswordOfMira(world, "s3cret-tea"));
  EXPECT_EQ(LiveCredentials(world), "token,reset");
  EXPECT_EQ(Audit(world), "reset.add 4711 reset:N");
  EXPECT_EQ(world.AskDatabase("SELECT updated_at FROM users WHERE id = 4711"),
            "2015-05-07 08:15:30.120000");
}

TEST(TimeslotReset, StoresNothingButTheDigestOfALink) {
  World world(MailSettings());
  AskForReset(world);
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM credentials WHERE kind = 'reset'"
                              " AND digest = UNHEX(SHA2('" +
                              LinkSecret(world) +
                              "', 256)) AND expires_at = created_at + INTERVAL 60 MINUTE"),
            "1");
}

TEST(TimeslotReset, LinksToThePublicAddressOfTheSettings) {
  config::Settings settings = MailSettings();
  settings.timeslot.public_url = "https://people.example.org/app/";
  World world(settings);
  AskForReset(world);
  EXPECT_THAT(world.AskDatabase("SELECT text_body FROM mail_outbox"),
              HasSubstr("\nhttps://people.example.org/app/v1/users/reset/password?token="));
}

TEST(TimeslotReset, LinksToNoHostThatTheClientMadeUp) {
  World world(MailSettings());
  const Reply reply = world.Send({.target = "/v1/users/reset",
                                  .method = "POST",
                                  .token = "",
                                  .body = R"({"email":"mira.falk@example.net"})",
                                  .headers = {{"Host", "thief.example"}}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(world.AskDatabase("SELECT text_body FROM mail_outbox"),
              HasSubstr("\nhttps://api.example.net/v1/users/reset/password?token="));
}

TEST(TimeslotReset, NeedsAnEmailAddress) {
  World world(MailSettings());
  for (const char* body : {"", "{}", R"({"email":null})", R"({"email":""})", R"({"email":" "})",
                           R"({"email":[]})", R"({"email":{}})", R"({"email":false})"}) {
    const Reply reply = world.Post("/v1/users/reset", body, "");
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, kMissing) << body;
  }
  const Reply with_nul = world.Post("/v1/users/reset", R"({"email":"a\u0000b"})", "");
  EXPECT_EQ(with_nul.status, 422);
  EXPECT_EQ(with_nul.body, R"({"error":"email is invalid"})");
  EXPECT_EQ(Mails(world), "none");
}

TEST(TimeslotReset, DoesNotFindWhoIsNotThere) {
  World world(MailSettings());
  for (const char* email : {"nobody@example.net", "gone@example.net", "user_4711", "4711"}) {
    const Reply reply = AskForReset(world, email);
    EXPECT_EQ(reply.status, 404) << email;
    EXPECT_EQ(reply.body, " ") << email;
  }
  EXPECT_EQ(world.Post("/v1/users/reset", R"({"email":["mira.falk@example.net"]})", "").status,
            404);
  EXPECT_EQ(Mails(world), "none");
}

TEST(TimeslotReset, TakesAFormAndNoQuery) {
  World world(MailSettings());
  EXPECT_EQ(world.Form("POST", "/v1/users/reset", "email=ada%40example.net", "").status, 200);
  EXPECT_EQ(world.Post("/v1/users/reset?email=ada@example.net", "{}", "").status, 422);
  EXPECT_EQ(Mails(world), "timeslot.reset 4702 ada@example.net");
}

TEST(TimeslotReset, IsLimitedForAnAccountWhoeverAsks) {
  config::Settings settings = MailSettings();
  settings.timeslot.resets_per_account = 2;
  World world(settings);
  EXPECT_EQ(AskForReset(world).status, 200);
  EXPECT_EQ(AskForReset(world, "MIRA.FALK@example.net", "192.0.2.2").status, 200);

  const Reply refused = AskForReset(world, "mira.falk@example.net", "192.0.2.3");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, R"({"error":"too many attempts, try again later"})");
  EXPECT_THAT(refused.Header("Retry-After"), MatchesRegex("3[56][0-9]{2}"));
  EXPECT_EQ(AskForReset(world, "ada@example.net", "192.0.2.3").status, 200);
}

TEST(TimeslotReset, IsLimitedForAnAddressWhoeverIsAskedFor) {
  config::Settings settings = MailSettings();
  settings.timeslot.resets_per_address = 2;
  World world(settings);
  EXPECT_EQ(AskForReset(world, "nobody@example.net").status, 404);
  EXPECT_EQ(AskForReset(world, "ada@example.net").status, 200);
  EXPECT_EQ(AskForReset(world, "nobody@example.net").status, 429);
  EXPECT_EQ(AskForReset(world, "jonas@example.net").status, 429);
  EXPECT_EQ(AskForReset(world, "jonas@example.net", "192.0.2.2").status, 200);
}

TEST(TimeslotTemporaryPassword, IsSetAtOnceAndMailed) {
  World world(MailSettings("temporary"));
  AskForReset(world);
  EXPECT_EQ(Mails(world), "timeslot.temporary 4711 mira.falk@example.net");
  const std::string text = world.AskDatabase("SELECT text_body FROM mail_outbox");
  const size_t at = text.find("It is:\n\n");
  ASSERT_NE(at, std::string::npos);
  const std::string password = text.substr(at + 8, 16);
  EXPECT_THAT(password, MatchesRegex("[A-Za-z0-9]{16}"));
  EXPECT_TRUE(IsPasswordOfMira(world, password));
  EXPECT_EQ(LiveCredentials(world), "none");
  EXPECT_EQ(Audit(world), "user.update 4711 password");
}

TEST(TimeslotTemporaryPassword, HasNoPage) {
  World world(MailSettings("temporary"));
  EXPECT_EQ(OpenLink(world, std::string(43, 'A')).body, R"({"status":"404","error":"Not Found"})");
  EXPECT_EQ(AskForReset(world, "nobody@example.net").status, 404);
}

TEST(TimeslotReset, MayBeSwitchedOff) {
  World world(MailSettings("off"));
  EXPECT_EQ(AskForReset(world).status, 404);
  EXPECT_EQ(AskForReset(world).body, R"({"status":"404","error":"Not Found"})");
  EXPECT_EQ(OpenLink(world, std::string(43, 'A')).status, 404);
}

}  // namespace
}  // namespace rosterd::timeslot
