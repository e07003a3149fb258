#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "handlers/timeslot/upload_signature.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::MatchesRegex;

config::Timeslot WithCloudinary() {
  config::Timeslot settings;
  settings.cloudinary_cloud_name = "demo";
  settings.cloudinary_api_key = "123456789012345";
  settings.cloudinary_api_secret = "not-a-real-secret";
  return settings;
}

Reply Ask(World& world, const std::string& token = "", const std::string& address = "192.0.2.1") {
  return world.Send({.target = "/v1/media-signature", .token = token, .address = address});
}

std::string Text(const Reply& reply, std::string_view key) {
  return *reply.Json().Find(key)->AsText();
}

TEST(TimeslotMediaSignature, IsGivenToAnybody) {
  World world(WithCloudinary());
  const Reply reply = Ask(world);
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_THAT(reply.Header("ETag"), MatchesRegex("\"[0-9a-f]{32}\""));
  EXPECT_EQ(reply.Header("Cache-Control"), "max-age=0, private, must-revalidate");
  EXPECT_THAT(reply.body,
              MatchesRegex("[{]\"signature\":\"[0-9a-f]{40}\",\"apiKey\":123456789012345,"
                           "\"publicId\":\"[a-z][a-z0-9]{15,19}\",\"timestamp\":\"[0-9]{10}\"[}]"));
  EXPECT_EQ(Text(reply, "signature"), SignUpload({{"public_id", Text(reply, "publicId")},
                                                  {"timestamp", Text(reply, "timestamp")}},
                                                 "not-a-real-secret"));
  EXPECT_EQ(Ask(world, "no-token-of-anybody").status, 201);
}

TEST(TimeslotMediaSignature, IsNeverNotModified) {
  World world(WithCloudinary());
  const Reply reply = world.Send(
      {.target = "/v1/media-signature", .token = "", .headers = {{"If-None-Match", "*"}}});
  EXPECT_EQ(reply.status, 201);
}

TEST(TimeslotMediaSignature, MayHaveTheTimeAsDigitsAndTheKeyAsText) {
  config::Timeslot settings = WithCloudinary();
  settings.signature_timestamp = "compact";
  settings.cloudinary_api_key = "0123";
  World world(settings);
  const Reply reply = Ask(world);
  EXPECT_THAT(Text(reply, "timestamp"), MatchesRegex("20[0-9]{12}"));
  EXPECT_EQ(reply["apiKey"], "\"0123\"");
}

TEST(TimeslotMediaSignature, MayBeForUsersAlone) {
  config::Timeslot settings = WithCloudinary();
  settings.signature_requires_token = true;
  World world(settings);
  EXPECT_EQ(Ask(world).status, 401);
  EXPECT_EQ(Ask(world).body, "Bad credentials");
  EXPECT_EQ(Ask(world, "mira-token").status, 201);
}

TEST(TimeslotMediaSignature, NeedsCredentials) {
  config::Timeslot settings;
  World without_key(settings);
  EXPECT_EQ(Ask(without_key).status, 503);
  EXPECT_EQ(Ask(without_key).body, R"({"error":"Must supply api_key"})");

  settings.cloudinary_api_key = "123456789012345";
  World without_secret(settings);
  EXPECT_EQ(Ask(without_secret).status, 503);
  EXPECT_EQ(Ask(without_secret).body, R"({"error":"Must supply api_secret"})");
}

TEST(TimeslotMediaSignature, IsLimitedForAnAddress) {
  config::Timeslot settings = WithCloudinary();
  settings.signatures_per_address = 2;
  World world(settings);
  EXPECT_EQ(Ask(world).status, 201);
  EXPECT_EQ(Ask(world).status, 201);

  const Reply refused = Ask(world);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, R"({"error":"too many attempts, try again later"})");
  EXPECT_THAT(refused.Header("Retry-After"), MatchesRegex("3[56][0-9]{2}"));
  EXPECT_EQ(Ask(world, "", "192.0.2.2").status, 201);
}

}  // namespace
}  // namespace rosterd::timeslot
