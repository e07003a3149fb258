// The request of the customer's document, byte for byte but for the host and its port.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/timeslot/timeslot.h"

namespace rosterd::testing {
namespace {

using ::testing::MatchesRegex;

constexpr const char* kToken = "9D6fucJrGle3yY2WSfeNCE9xD8k";

// The user of the document, as it was stored on that day.
void AddSeedUser() {
  const Stack& stack = SlotStack();
  stack.RosterctlMember(
      {"user", "add", "--id", "217", "--email", "user60@email.com", "--display-name", "User 216"},
      "id");
  stack.RosterctlMember(
      {"token", "add", "--dialect", "timeslot", "--user", "217", "--value", kToken}, "id");
  stack.Sql(
      "UPDATE users SET created_at = '2015-05-06 21:29:39.664',"
      " updated_at = '2015-05-06 21:29:39.664' WHERE id = 217");
}

TEST(TimeslotSeed, SetsTheUsersImage) {
  AddSeedUser();
  const std::string body = R"({"image":{"publicId":"v1234567/xcvjghjkdisudgfds7iyf.jpg"}})";

  const HttpResponse response =
      SendRaw(SlotStack().HttpPort(),
              "PATCH /v1/users HTTP/1.1\r\nContent-Type: application/json\r\n"
              "Authorization: Token token=9D6fucJrGle3yY2WSfeNCE9xD8k\r\nHost: " +
                  SlotStack().Host("timeslot") + "\r\nCookie: \r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body.size(), 733U);
  EXPECT_EQ(response.Header("ETag"), "\"be5d3fa83dacf51ae705d2e69e90edbd\"");
  EXPECT_EQ(response.Header("Content-Length"), "733");
  EXPECT_EQ(response.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(response.Header("Cache-Control"), "max-age=0, private, must-revalidate");
  EXPECT_EQ(response.Header("X-Frame-Options"), "SAMEORIGIN");
  EXPECT_EQ(response.Header("X-XSS-Protection"), "1; mode=block");
  EXPECT_EQ(response.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(response.Header("X-Request-Id"),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_THAT(response.Header("X-Runtime"), MatchesRegex("[0-9]+\\.[0-9]{6}"));
  EXPECT_EQ(response.Count("Set-Cookie"), 0);
  EXPECT_EQ(response.Count("ETag"), 1);
  EXPECT_EQ(response.Count("X-Request-Id"), 1);
}

}  // namespace
}  // namespace rosterd::testing
