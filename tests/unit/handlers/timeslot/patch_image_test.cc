#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;

std::string Missing(const std::string& name) {
  return R"({"error":"param is missing or the value is empty: )" + name + R"("})";
}
std::string Invalid(const std::string& name) { return R"({"error":")" + name + R"( is invalid"})"; }

std::string UpdatedAt(World& world) {
  return world.AskDatabase("SELECT updated_at FROM users WHERE id = 4711");
}

// 6.5.
TEST(TimeslotPatchImage, ReadsTheImage) {
  World world;
  const std::string long255(255, 'x');
  for (const auto& [body, image] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"({"image":{"publicId":"bare"}})", "bare"},
           {R"({"image":{"publicId":"https://a.example/b?c=d","width":5}})",
            "https://a.example/b?c=d"},
           {R"({"image":{"publicId":12345678901234567890}})", "12345678901234567890"},
           {R"({"image":"text"})", "text"},
           {R"({"image":{"publicId":" id:x "}})", " id:x "},
           {R"({"image":{"publicId":"file:1/a"}})", "file:1/a"},
           {R"({"image":{"publicId":")" + long255 + R"("}})", long255},
       }) {
    const Reply reply = world.Patch(body);
    EXPECT_EQ(reply.status, 200) << body;
    EXPECT_EQ(reply["image"], '"' + image + '"') << body;
  }
  for (const auto& [body, error] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"({"image":null})", Missing("image")},
           {R"({"image":""})", Missing("image")},
           {R"({"image":"  "})", Missing("image")},
           {R"({"image":{}})", Missing("image")},
           {R"({"image":[]})", Missing("image")},
           {R"({"image":[null]})", Missing("image")},
           {R"({"image":false})", Missing("image")},
           {R"({"image":{"publicId":null}})", Missing("publicId")},
           {R"({"image":{"publicId":" "}})", Missing("publicId")},
           {R"({"image":{"publicId":[]}})", Missing("publicId")},
           {R"({"image":{"publicId":{}}})", Missing("publicId")},
           {R"({"image":{"public_id":"x"}})", Missing("publicId")},
           {R"({"image":{"publicId":")" + long255 + R"(x"}})", Invalid("publicId")},
           {R"({"image":{"publicId":["x"]}})", Invalid("publicId")},
           {R"({"image":{"publicId":{"a":"x"}}})", Invalid("publicId")},
           {R"({"image":{"publicId":true}})", Invalid("publicId")},
           {R"({"image":["x"]})", Invalid("publicId")},
           {R"({"image":true})", Invalid("publicId")},
       }) {
    const Reply reply = world.Patch(body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.body, error) << body;
  }
}

// 5.4 and section 10.
TEST(TimeslotPatchImage, KeepsTheImagesAndMovesNoDate) {
  World world;
  const std::string before = UpdatedAt(world);

  world.Patch(R"({"image":{"publicId":"a"}})");
  world.Patch(R"({"image":{"publicId":"a"},"username":"Mira Falk"})");
  world.Patch(R"({"image":{"publicId":"b"}})", "ada-token");
  const Reply reply = world.Patch(R"({"image":{"publicId":"b"}})");

  EXPECT_EQ(reply["image"], R"("b")");
  EXPECT_EQ(UpdatedAt(world), before);
  EXPECT_EQ(world.AskDatabase("SELECT GROUP_CONCAT(public_id, deleted_at IS NULL ORDER BY id)"
                              " FROM timeslot_images WHERE user_id = 4711"),
            "a0,a0,b1");
  EXPECT_EQ(world.AskDatabase("SELECT picture FROM users WHERE id = 4711"), "id:b");
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM timeslot_images WHERE tag_at IS NOT NULL"),
            "0");
  world.Patch(R"({"image":{"publicId":"c"},"username":"Mira"})");
  EXPECT_NE(UpdatedAt(world), before);
}

TEST(TimeslotPatchImage, MarksSupersededImagesWhereSwitchedOn) {
  config::Timeslot settings;
  settings.tag_replaced_images = true;
  World world(settings);

  world.Patch(R"({"image":"a"})");
  world.Patch(R"({"image":"b"})");

  EXPECT_EQ(world.AskDatabase("SELECT GROUP_CONCAT(public_id) FROM timeslot_images"
                              " WHERE tag_at IS NOT NULL"),
            "a");
}

TEST(TimeslotPatchImage, ShowsAndKeepsPicturesOfOtherDialects) {
  World world;
  world.Execute("UPDATE users SET picture = 'file:4711/a.jpg' WHERE id = 4711");
  EXPECT_EQ(world.Get("/v1/users/4711")["image"],
            R"("https://api.example.net/user_photos/4711/a.jpg")");

  world.Patch(R"({"image":"https://api.example.net/user_photos/4711/a.jpg"})");
  EXPECT_EQ(world.AskDatabase("SELECT picture FROM users WHERE id = 4711"), "file:4711/a.jpg");

  world.Execute("UPDATE users SET picture = 'http://b.example/c.png' WHERE id = 4711");
  EXPECT_EQ(world.Get("/v1/users/4711")["image"], R"("http://b.example/c.png")");
}

// 6.6 "password".
TEST(TimeslotPatchPassword, EndsTheTokenWithANewPassword) {
  World world;

  const Reply reply = world.Patch(R"({"password":"new-secret"})");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply["id"], "4711");
  EXPECT_THAT(reply.body, Not(HasSubstr("authToken")));
  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
  EXPECT_EQ(
      world.Post("/v1/users/signin", R"({"email":"mira.falk@example.net","password":"new-secret"})")
          .status,
      200);
}

TEST(TimeslotPatchPassword, KeepsTheTokenWithTheOldPassword) {
  World world;
  world.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at)"
      " VALUES ('timeslot', 'token', 4711, UNHEX(SHA2('other', 256)), '2015-05-07')");

  EXPECT_EQ(world.Patch(R"({"password":"new-secret","old_password":"s3cret-tea"})").status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711", "other").status, 401);
  EXPECT_EQ(world.Patch(R"({"password":"newer-one","oldPassword":"new-secret"})").status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
}

TEST(TimeslotPatchPassword, RefusesAWrongOldPasswordWithASpace) {
  World world;
  for (const char* old : {R"("wrong")", R"("")", "5"}) {
    const Reply reply = world.Patch(R"({"password":"new-secret","username":"","old_password":)" +
                                    std::string(old) + "}");
    EXPECT_EQ(reply.status, 401) << old;
    EXPECT_EQ(reply.body, " ");
    EXPECT_EQ(reply.Header("Content-Type"), "application/json");
    EXPECT_EQ(reply.Header("Cache-Control"), "no-cache");
    EXPECT_EQ(reply.Header("ETag"), "");
  }
  EXPECT_EQ(world.Patch(R"({"username":"x","old_password":"wrong"})").status, 200);
  EXPECT_EQ(world.Patch(R"({"password":"","old_password":"wrong"})").status, 200);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
}

TEST(TimeslotPatchPassword, WantsTheOldPasswordWhereSwitchedOn) {
  config::Timeslot settings;
  settings.require_old_password = true;
  World world(settings);

  EXPECT_EQ(world.Patch(R"({"password":"new-secret"})").body, Missing("old_password"));
  EXPECT_EQ(world.Patch(R"({"password":"new-secret","old_password":" "})").body,
            Missing("old_password"));
  EXPECT_EQ(world.Patch(R"({"username":"x"})").status, 200);
  EXPECT_EQ(world.Patch(R"({"password":"new-secret","old_password":"s3cret-tea"})").status, 200);
}

}  // namespace
}  // namespace rosterd::timeslot
