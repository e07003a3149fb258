#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::StartsWith;

constexpr const char* kMissing = R"({"error":"param is missing or the value is empty: )";

std::string Missing(const std::string& name) { return kMissing + name + R"("})"; }
std::string Invalid(const std::string& name) { return R"({"error":")" + name + R"( is invalid"})"; }

std::string UpdatedAt(World& world) {
  return world.AskDatabase("SELECT updated_at FROM users WHERE id = 4711");
}

/// What a PATCH body is to do: the member of the answer that shows it.
struct Taken {
  const char* body;
  const char* key;
  const char* value;
};

// 6.6 and section 8, in JSON.
TEST(TimeslotPatch, TakesEveryAttributeInJson) {
  World world;
  for (const Taken& taken : std::initializer_list<Taken>{
           {R"({"username":"Mira F."})", "username", R"("Mira F.")"},
           {R"({"username":12.50})", "username", R"("12.50")"},
           {R"({"username":true})", "username", R"("true")"},
           {R"({"username":" Zoë 😀 "})", "username", R"(" Zoë 😀 ")"},
           {R"({"email":"new@example.net"})", "email", R"("new@example.net")"},
           {R"({"email":"NEW@example.net"})", "email", R"("NEW@example.net")"},
           {R"({"phone":"+49 30 5550100"})", "phone", R"("+49 30 5550100")"},
           {R"({"phone":5550100})", "phone", R"("5550100")"},
           {R"({"phone":""})", "phone", "null"},
           {R"({"phone":"1"})", "phone", R"("1")"},
           {R"({"phone":null})", "phone", "null"},
           {R"({"publicUrl":"mira"})", "publicUrl", R"("mira")"},
           {R"({"publicUrl":""})", "publicUrl", R"("")"},
           {R"({"publicUrl":[null]})", "publicUrl", "null"},
           {R"({"locationId":423423143})", "locationId", "423423143"},
           {R"({"locationId":"+9223372036854775807"})", "locationId", "9223372036854775807"},
           {R"({"locationId":-9223372036854775808})", "locationId", "-9223372036854775808"},
           {R"({"locationId":""})", "locationId", "null"},
           {R"({"slotDefaultDuration":"3600"})", "slotDefaultDuration", "3600"},
           {R"({"slotDefaultDuration":-2147483648})", "slotDefaultDuration", "-2147483648"},
           {R"({"slotDefaultDuration":null})", "slotDefaultDuration", "null"},
           {R"({"slotDefaultDuration":"+7"})", "slotDefaultDuration", "7"},
           {R"({"slotDefaultDuration":""})", "slotDefaultDuration", "null"},
           {R"({"slotDefaultLocationId":"12"})", "slotDefaultLocationId", "12"},
           {R"({"slotDefaultLocationId":[]})", "slotDefaultLocationId", "null"},
           {R"({"slotDefaultTypeId":2147483647})", "slotDefaultTypeId", "2147483647"},
           {R"({"defaultPrivateAlerts":"0111011100"})", "defaultPrivateAlerts", R"("0111011100")"},
           {R"({"defaultPrivateAlerts":null})", "defaultPrivateAlerts", R"("0000000000")"},
           {R"({"defaultOwnFriendslotAlerts":"1000000000"})", "defaultOwnFriendslotAlerts",
            R"("1000000000")"},
           {R"({"defaultOwnPublicAlerts":"0100000000"})", "defaultOwnPublicAlerts",
            R"("0100000000")"},
           {R"({"defaultFriendsFriendslotAlerts":"0010000000"})", "defaultFriendsFriendslotAlerts",
            R"("0010000000")"},
           {R"({"defaultFriendsPublicAlerts":"0001000000"})", "defaultFriendsPublicAlerts",
            R"("0001000000")"},
           {R"({"defaultReslotAlerts":"0000100000"})", "defaultReslotAlerts", R"("0000100000")"},
           {R"({"defaultGroupAlerts":"1111111111"})", "defaultGroupAlerts", R"("1111111111")"},
           {R"({"username":"first","username":"last"})", "username", R"("last")"},
       }) {
    const Reply reply = world.Patch(taken.body);
    ASSERT_EQ(reply.status, 200) << taken.body << reply.body;
    EXPECT_EQ(reply[taken.key], taken.value) << taken.body;
  }
}

TEST(TimeslotPatch, TakesEveryAttributeInForms) {
  World world;
  for (const Taken& taken : std::initializer_list<Taken>{
           {"username=Mira+F%2E", "username", R"("Mira F.")"},
           {"email=new%40example.net", "email", R"("new@example.net")"},
           {"phone=%2B49+30", "phone", R"("+49 30")"},
           {"phone=", "phone", "null"},
           {"publicUrl=mira", "publicUrl", R"("mira")"},
           {"locationId=5", "locationId", "5"},
           {"locationId=", "locationId", "null"},
           {"slotDefaultDuration=60", "slotDefaultDuration", "60"},
           {"slotDefaultLocationId=6", "slotDefaultLocationId", "6"},
           {"slotDefaultTypeId=7", "slotDefaultTypeId", "7"},
           {"defaultPrivateAlerts=1010101010", "defaultPrivateAlerts", R"("1010101010")"},
           {"defaultOwnFriendslotAlerts=1010101010", "defaultOwnFriendslotAlerts",
            R"("1010101010")"},
           {"defaultOwnPublicAlerts=1010101010", "defaultOwnPublicAlerts", R"("1010101010")"},
           {"defaultFriendsFriendslotAlerts=1010101010", "defaultFriendsFriendslotAlerts",
            R"("1010101010")"},
           {"defaultFriendsPublicAlerts=1010101010", "defaultFriendsPublicAlerts",
            R"("1010101010")"},
           {"defaultReslotAlerts=1010101010", "defaultReslotAlerts", R"("1010101010")"},
           {"defaultGroupAlerts=1010101010", "defaultGroupAlerts", R"("1010101010")"},
           {"push=false", "push", "false"},
           {"push=on", "push", "true"},
           {"image[publicId]=v1%2Fa.jpg", "image", R"("v1/a.jpg")"},
           {"image%5BpublicId%5D=b", "image", R"("b")"},
           {"image=c", "image", R"("c")"},
           {"username=first&username=last", "username", R"("last")"},
       }) {
    const Reply reply = world.Form("PATCH", "/v1/users", taken.body);
    ASSERT_EQ(reply.status, 200) << taken.body << reply.body;
    EXPECT_EQ(reply[taken.key], taken.value) << taken.body;
  }
}

TEST(TimeslotPatch, TakesMultipartForms) {
  World world;
  const Reply reply = world.Send(
      {.target = "/v1/users",
       .method = "PATCH",
       .body = "--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nMulti\r\n"
               "--x\r\nContent-Disposition: form-data; name=\"image[publicId]\"\r\n\r\np1\r\n"
               "--x\r\nContent-Disposition: form-data; name=\"phone\"; filename=\"f\"\r\n\r\n"
               "12\r\n--x--\r\n",
       .content_type = "multipart/form-data; boundary=x"});

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply["username"], R"("Multi")");
  EXPECT_EQ(reply["image"], R"("p1")");
  EXPECT_EQ(reply["phone"], "null");
}

// 8.2.
TEST(TimeslotPatch, ReadsBooleansAsTheFramework) {
  World world;
  for (const char* yes : {"true", "1", R"("1")", R"("t")", R"("T")", R"("true")", R"("TRUE")",
                          R"("on")", R"("ON")", "null", R"("")", "[]"}) {
    world.Patch(R"({"push":false})");
    EXPECT_EQ(world.Patch(R"({"push":)" + std::string(yes) + "}")["push"], "true") << yes;
  }
  for (const char* no : {"false", "0", "2", "1.0", R"("yes")", R"("True")", R"("off")"}) {
    world.Patch(R"({"push":true})");
    EXPECT_EQ(world.Patch(R"({"push":)" + std::string(no) + "}")["push"], "false") << no;
  }
}

// 6.6, C5.
TEST(TimeslotPatch, WantsSomethingAcceptable) {
  World world;
  for (const char* body :
       {"", "{}", "[]", "null", "5", R"({"favouriteColour":"blue"})", R"({"id":5})",
        R"({"role":"admin","slotCount":9,"emailVerified":true,"deletedAt":null})",
        R"({"old_password":"s3cret-tea"})", R"({"public_url":"a","location_id":5})",
        R"({"username":{"a":1}})", R"({"locationId":[1,2]})", R"({"push":{}})"}) {
    const Reply reply = world.Patch(body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, Missing("user")) << body;
  }
  EXPECT_EQ(world.Patch(R"({"password":null})").status, 200);
  EXPECT_EQ(world.Patch(R"({"password":""})").status, 200);
  EXPECT_EQ(world.Patch(R"({"phone":null,"id":5})")["id"], "4711");
}

TEST(TimeslotPatch, TakesItsOwnAnswerBackWithoutAChange) {
  World world;
  const std::string before = UpdatedAt(world);
  const std::string own = world.Get("/v1/users/4711").body;

  // "image" is null there, which is the one member that a client has to leave out.
  std::string sent = own;
  const std::string image = R"("image":null,)";
  sent.erase(sent.find(image), image.size());
  const Reply reply = world.Patch(sent);

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, own);
  EXPECT_EQ(UpdatedAt(world), before);
}

// Section 7, one line a row.
TEST(TimeslotPatch, ValidatesEachAttribute) {
  World world;
  const std::string long51(51, 'x');
  const std::string long250(250, 'x');
  for (const auto& [body, error] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"({"username":""})", R"({"username":["can't be blank"]})"},
           {R"({"username":null})", R"({"username":["can't be blank"]})"},
           {"{\"username\":\" \\u3000 \"}", R"({"username":["can't be blank"]})"},
           {R"({"username":")" + long51 + R"("})",
            R"~({"username":["is too long (maximum is 50 characters)"]})~"},
           {R"({"email":")" + long250 + R"(@x.y"})", ""},
           {R"({"email":")" + long250 + R"(a@x.y"})",
            R"~({"email":["is too long (maximum is 254 characters)"]})~"},
           {R"({"email":"ADA@example.net"})", R"({"email":["has already been taken"]})"},
           {R"({"email":""})", R"({"email":["invalid email address"]})"},
           {R"({"email":"x@y"})", R"({"email":["invalid email address"]})"},
           {R"({"email":"nobody.host.example"})", R"({"email":["invalid email address"]})"},
           {R"({"email":"a.b@host."})", R"({"email":["invalid email address"]})"},
           {R"({"email":"@host.example"})", R"({"email":["invalid email address"]})"},
           {R"({"email":"q@.org"})", R"({"email":["invalid email address"]})"},
           {R"({"email":"a@\nb.c"})", R"({"email":["invalid email address"]})"},
           {R"({"email":"x@y.z"})", ""},
           {R"({"email":"Ann_L@a.mail.example"})", ""},
           {R"({"email":"q+tag@host.example"})", ""},
           {R"({"password":"1234"})",
            R"~({"password":["is too short (minimum is 5 characters)"]})~"},
           {R"({"password":")" + std::string(73, 'p') + R"("})",
            R"~({"password":["is too long (maximum is 72 characters)"]})~"},
           {R"({"slotDefaultDuration":"soon"})",
            R"({"slot_default_duration":["is not a number"]})"},
           {R"({"slotDefaultDuration":true})", R"({"slot_default_duration":["is not a number"]})"},
           {R"({"slotDefaultDuration":1.5})",
            R"({"slot_default_duration":["must be an integer"]})"},
           {R"({"slotDefaultDuration":"1e3"})",
            R"({"slot_default_duration":["must be an integer"]})"},
           {R"({"phone":"+49 30 5550199"})", R"({"phone":["has already been taken"]})"},
           {R"({"phone":"+1 555 0100"})", R"({"phone":["has already been taken"]})"},
           {R"({"phone":"123456789012345678901234567890123456"})",
            R"~({"phone":["is too long (maximum is 35 characters)"]})~"},
           {R"({"username":"","slotDefaultDuration":"x"})",
            R"({"username":["can't be blank"],"slot_default_duration":["is not a number"]})"},
           {R"({"phone":"+1 555 0100","email":"x","username":"","password":"1"})",
            R"({"username":["can't be blank"],"email":["invalid email address"],)"
            R"~("password":["is too short (minimum is 5 characters)"],)~"
            R"("phone":["has already been taken"]})"},
       }) {
    const Reply reply = world.Patch(body);
    if (error.empty()) {
      EXPECT_EQ(reply.status, 200) << body << reply.body;
      continue;
    }
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, R"({"error":)" + error + "}") << body;
  }
}

// 4.1 and 8.4: what no column holds.
TEST(TimeslotPatch, RefusesWhatTheStoreCannotHold) {
  World world;
  const std::string before = UpdatedAt(world);
  const std::string long256(256, 'x');
  for (const auto& [body, name] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"({"publicUrl":")" + long256 + R"("})", "publicUrl"},
           {R"({"locationId":"garbage"})", "locationId"},
           {R"({"locationId":9223372036854775808})", "locationId"},
           {R"({"locationId":1.5})", "locationId"},
           {R"({"locationId":true})", "locationId"},
           {R"({"slotDefaultDuration":2147483648})", "slotDefaultDuration"},
           {R"({"slotDefaultLocationId":"1x"})", "slotDefaultLocationId"},
           {R"({"slotDefaultTypeId":-2147483649})", "slotDefaultTypeId"},
           {R"({"defaultPrivateAlerts":"011"})", "defaultPrivateAlerts"},
           {R"({"defaultPrivateAlerts":"01110111002"})", "defaultPrivateAlerts"},
           {R"({"defaultPrivateAlerts":"0111011102"})", "defaultPrivateAlerts"},
           {R"({"defaultPrivateAlerts":1111011100})", "defaultPrivateAlerts"},
           {R"({"defaultOwnFriendslotAlerts":""})", "defaultOwnFriendslotAlerts"},
           {R"({"defaultOwnPublicAlerts":true})", "defaultOwnPublicAlerts"},
           {R"({"defaultFriendsFriendslotAlerts":" 000000000"})", "defaultFriendsFriendslotAlerts"},
           {R"({"defaultFriendsPublicAlerts":"00000000000"})", "defaultFriendsPublicAlerts"},
           {R"({"defaultReslotAlerts":"abcdefghij"})", "defaultReslotAlerts"},
           {R"({"defaultGroupAlerts":"000000000٠"})", "defaultGroupAlerts"},
           {R"({"username":"a\u0000b"})", "username"},
           {R"({"email":"a\u0000b@x.example"})", "email"},
           {R"({"phone":"1\u00002"})", "phone"},
           {R"({"publicUrl":"a\u0000"})", "publicUrl"},
           {R"({"password":"secret\u0000"})", "password"},
           {R"({"image":{"publicId":"a\u0000"}})", "publicId"},
           {R"({"locationId":"1\u0000"})", "locationId"},
       }) {
    const Reply reply = world.Patch(body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, Invalid(name)) << body;
  }
  EXPECT_EQ(UpdatedAt(world), before);
}

// DEV-5.
TEST(TimeslotPatch, StoresAllOrNothing) {
  World world;
  const std::string before = world.Get("/v1/users/4711").body;

  for (const char* body :
       {R"({"image":{"publicId":"a"},"username":"New","slotDefaultDuration":"x"})",
        R"({"image":{"publicId":"a"},"username":"New","locationId":"x"})",
        R"({"image":{"publicId":"a"},"email":"ada@example.net"})",
        R"({"image":{"publicId":"a"},"phone":"+49 30 5550199"})",
        R"({"image":{"publicId":"a"},"password":"new-secret","old_password":"wrong"})"}) {
    EXPECT_GE(world.Patch(body).status, 401) << body;
    EXPECT_EQ(world.Get("/v1/users/4711").body, before) << body;
  }
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM timeslot_images WHERE user_id = 4711"), "0");
}

TEST(TimeslotPatch, AuditsWhatChangedWithoutValues) {
  World world;

  world.Patch(R"({"username":"New","push":false,"image":"x","password":"new-secret"})");

  const std::string fields = world.AskDatabase(
      "SELECT CONCAT(action, ' ', fields, ' ', credential) FROM audit ORDER BY id DESC LIMIT 1");
  EXPECT_THAT(fields, StartsWith("user.update display_name,picture,password,timeslot_push,"
                                 "timeslot_images token:"));
}

// DEV-10 and DEV-11.
TEST(TimeslotPatch, FollowsAddresses) {
  World world;
  world.Execute("UPDATE users SET timeslot_email_verified = 1, timeslot_phone_verified = 1");

  const Reply phone = world.Patch(R"({"phone":"77","email":"mira.falk@example.net"})");
  EXPECT_EQ(phone["phoneVerified"], "false");
  EXPECT_EQ(phone["emailVerified"], "true");
  const Reply none = world.Patch(R"({"email":null})");
  EXPECT_EQ(none["email"], "null");
  EXPECT_EQ(none["emailVerified"], "false");

  for (const char* body :
       {R"({"phone":null})", R"({"phone":""})", R"({"phone":"","email":null})"}) {
    const Reply reply = world.Patch(body);
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.body, R"({"error":{"email":["can't be blank"]}})");
  }
  world.Execute("UPDATE users SET email = NULL, email_key = NULL, phone = '' WHERE id = 4711");
  EXPECT_EQ(world.Patch(R"({"email":null,"username":"x"})").status, 200);
}

}  // namespace
}  // namespace rosterd::timeslot
