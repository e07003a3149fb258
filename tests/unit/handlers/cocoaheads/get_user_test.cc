#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

TEST(CocoaheadsGetUser, ShowsOnesOwnProfileUnderBothPaths) {
  World world;
  const Member vera = world.Join();

  const Reply plural = world.Get("/users/" + vera.id, vera.token);
  const Reply singular = world.Get("/user/" + vera.id, vera.token);

  EXPECT_EQ(plural.status, 200);
  EXPECT_EQ(plural.body, R"({"id":)" + vera.id +
                             R"(,"name":"Vera","lastname":"Orlova","company":"","position":"",)"
                             R"("email":"vera@example.org","phone":"","photo":""})");
  EXPECT_EQ(singular.body, plural.body);
  EXPECT_EQ(plural.Header("Cache-Control"), "private, no-cache");
  EXPECT_EQ(plural.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(plural.Header("user-token"), "");
}

TEST(CocoaheadsGetUser, AnswersHeadAsGet) {
  World world;
  const Member vera = world.Join();

  const Reply head =
      world.Send({.method = "HEAD", .target = "/users/" + vera.id, .token = vera.token});

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("Cache-Control"), "private, no-cache");
}

TEST(CocoaheadsGetUser, HidesOthersFromAToken) {
  World world;
  const Member vera = world.Join();
  const Member anna = world.Join("anna@example.org");

  EXPECT_EQ(world.Get("/users/" + anna.id, vera.token).status, 403);
  EXPECT_EQ(world.Get("/users/9223372036854775807", vera.token).status, 404);
  EXPECT_EQ(world.Get("/users/9999999999999999999", vera.token).status, 404);
}

TEST(CocoaheadsGetUser, TellsDeletedFromOthers) {
  World world;
  const Member vera = world.Join();
  const Member anna = world.Join("anna@example.org");
  ASSERT_TRUE(world.Own().persons.Delete(TestActor(), UserId{std::stoull(anna.id)}));

  EXPECT_EQ(world.Get("/users/" + anna.id, vera.token).status, 404);
}

TEST(CocoaheadsGetUser, AsksForATokenBeforeItLooksTheIdUp) {
  World world;
  const Member vera = world.Join();

  EXPECT_EQ(world.Get("/users/" + vera.id, "").status, 401);
  EXPECT_EQ(world.Get("/users/123456789", "").status, 401);
}

TEST(CocoaheadsGetUser, ShowsEmptyTextsOfAPersonFromElsewhere) {
  World world;
  const Member vera = world.Join();
  world.Execute("UPDATE users SET email = NULL, email_key = NULL, last_name = '' WHERE id = " +
                vera.id);

  const Reply reply = world.Get("/users/" + vera.id, vera.token);

  EXPECT_EQ(reply.Member("email"), "");
  EXPECT_EQ(reply.Member("lastname"), "");
}

TEST(CocoaheadsGetUser, ShowsAPublicIdAsItsDeliveryAddress) {
  World world([](config::Settings& settings) { settings.timeslot.cloudinary_cloud_name = "demo"; });
  const Member vera = world.Join();
  world.Execute("UPDATE users SET picture = 'id:faces/vera' WHERE id = " + vera.id);

  EXPECT_EQ(world.Get("/users/" + vera.id, vera.token).Member("photo"),
            "https://res.cloudinary.com/demo/image/upload/faces/vera");
}

TEST(CocoaheadsGetUser, ShowsAPublicIdAsItIsWithoutACloud) {
  World world;
  const Member vera = world.Join();
  world.Execute("UPDATE users SET picture = 'id:faces/vera' WHERE id = " + vera.id);

  EXPECT_EQ(world.Get("/users/" + vera.id, vera.token).Member("photo"), "faces/vera");
}

TEST(CocoaheadsGetUser, TakesOneStatement) {
  World world;
  const Member vera = world.Join();
  for (int i = 0; i < 3; ++i) world.Get("/users/" + vera.id, vera.token);
  const uint64_t before = world.Own().connection.Statements();

  world.Get("/users/" + vera.id, vera.token);

  EXPECT_EQ(world.Own().connection.Statements() - before, 1U);
}

}  // namespace
}  // namespace rosterd::cocoaheads
