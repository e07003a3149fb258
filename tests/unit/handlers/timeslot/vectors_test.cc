#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handlers/timeslot/digest.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

constexpr const char* kSeedToken = "9D6fucJrGle3yY2WSfeNCE9xD8k";

constexpr const char* kSeedBody =
    R"({"id":217,"username":"User 216","email":"user60@email.com","emailVerified":false,)"
    R"("phone":null,"phoneVerified":false,"publicUrl":null,"locationId":null,)"
    R"("slotDefaultDuration":null,"slotDefaultLocationId":null,"slotDefaultTypeId":null,)"
    R"("defaultPrivateAlerts":"0000000000","defaultOwnFriendslotAlerts":"0000000000",)"
    R"("defaultOwnPublicAlerts":"0000000000","defaultFriendsFriendslotAlerts":"0000000000",)"
    R"("defaultFriendsPublicAlerts":"0000000000","defaultReslotAlerts":"0000000000",)"
    R"("defaultGroupAlerts":"0000000000","push":true,)"
    R"("createdAt":"2015-05-06T21:29:39.664Z","updatedAt":"2015-05-06T21:29:39.664Z",)"
    R"("deletedAt":null,"image":"v1234567/xcvjghjkdisudgfds7iyf.jpg","slotCount":0,)"
    R"("reslotCount":0,"friendsCount":0,"friendships":[],"groups":[]})";

// Section 15.1: the request of the published page, with its empty Cookie.
TEST(TimeslotVectors, SetsTheSeedsImageToTheByte) {
  World world;

  const Reply reply =
      world.Send({.target = "/v1/users",
                  .method = "PATCH",
                  .token = kSeedToken,
                  .body = R"({"image":{"publicId":"v1234567/xcvjghjkdisudgfds7iyf.jpg"}})",
                  .headers = {{"Cookie", ""}}});

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, kSeedBody);
  EXPECT_EQ(reply.body.size(), 733U);
  EXPECT_EQ(reply.Header("ETag"), "\"be5d3fa83dacf51ae705d2e69e90edbd\"");
  EXPECT_EQ(reply.Header("Cache-Control"), "max-age=0, private, must-revalidate");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
}

// Section 15.2.
TEST(TimeslotVectors, TagsFixedBodies) {
  EXPECT_EQ(HexMd5(" "), "7215ee9c7d9dc229d2921a40e899ec5f");
  EXPECT_EQ(HexMd5("[]"), "d751713988987e9331980363e24189ce");
  EXPECT_EQ(HexSha1("public_id=sample_image&timestamp=1315060510abcd"),
            "b4ad47fb4e25c7bf5f92a20089f9db59bc302313");
}

// Sections 6.6 and 6.7, after 6.5: the examples' bodies and tags.
TEST(TimeslotVectors, AnswersTheContractsExamplesToTheByte) {
  World world;
  // In the examples Jonas and Ada come only after the image.
  world.Execute("UPDATE timeslot_friendships SET deleted_at = '2015-05-07'");
  world.Execute("UPDATE timeslot_memberships SET user_id = 217");
  const Reply image =
      world.Patch(R"({"image":{"publicId":"v1431000012/k7rmq2wd0xpc9vtz1hbn.jpg"}})");
  EXPECT_EQ(image.Header("ETag"), "\"e7359ba52a0610aa91383b784657c2ca\"");
  EXPECT_EQ(image.body.size(), 742U);

  world.Execute("UPDATE timeslot_friendships SET deleted_at = NULL");
  world.Execute("UPDATE timeslot_memberships SET user_id = 4711");
  const Reply attributes =
      world.Patch(R"({"username":"Mira F.","phone":"+49 30 5550100","publicUrl":"mira",)"
                  R"("locationId":423423143,"slotDefaultDuration":3600,"push":false,)"
                  R"("defaultPrivateAlerts":"0111011100","favouriteColour":"ignored"})");
  EXPECT_EQ(attributes.status, 200);
  EXPECT_EQ(attributes.body.size(), 935U);
  EXPECT_NE(attributes["updatedAt"], "\"2015-05-07T08:15:30.120Z\"");

  world.Execute("UPDATE users SET updated_at = '2015-05-07 09:02:11.004999' WHERE id = 4711");
  const Reply own = world.Get("/v1/users/4711");
  EXPECT_EQ(own.Header("ETag"), "\"6229dd81be28e0495affc1899dc31759\"");
  const Reply other = world.Get("/v1/users/4680");
  EXPECT_EQ(other.Header("ETag"), "\"2133ddbb72090982bf631daa7a7269e0\"");
  EXPECT_EQ(other.body.size(), 222U);
}

// Section 6.8.
TEST(TimeslotVectors, ListsTheContractsExampleToTheByte) {
  World world;
  world.Execute("UPDATE users SET deleted_at = '2015-06-01' WHERE id NOT IN (4680, 4702, 4711)");

  const Reply reply = world.Get("/v1/users");

  EXPECT_EQ(reply.Header("ETag"), "\"dea9835100ebb2e430024f9b66b4f858\"");
  EXPECT_EQ(reply.body.size(), 360U);
}

}  // namespace
}  // namespace rosterd::timeslot
