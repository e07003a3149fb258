// Contract section 6.6, and what users of other APIs look like here (section 5).
#include <gtest/gtest.h>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

TEST(BrightactGetUser, ShowsSixteenMembers) {
  World world;
  EXPECT_EQ(world.Get("/api/v1/user/my.json").body,
            R"({"id":"1","username":"ops@example.org","first_name":"Ona",)"
            R"("last_name":"Petrova","company":"","status":"1","mobile":"0",)"
            R"("mobile_provider":"0","sp_num":"0","org_id":"0","is_deleted":"0",)"
            R"("extra_email":"","suppress_emails":"","created_at":"2026-01-05 08:00:00",)"
            R"("updated_at":"2026-01-05 08:00:00","last_login":"2026-03-01 17:45:12"})");
}

TEST(BrightactGetUser, ShowsTheCreationTimeToWhoNeverSignedIn) {
  World world;
  EXPECT_NE(world.Get("/api/v1/user/2").body.find(R"("last_login":"2026-01-05 09:00:00")"),
            std::string::npos);
}

TEST(BrightactGetUser, ShowsADeletedOneToAnAdmin) {
  World world;
  world.Delete("/api/v1/user/2");
  const Reply reply = world.Get("/api/v1/user/2");
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find(R"("is_deleted":"1")"), std::string::npos);
}

TEST(BrightactGetUser, DoesNotFindAPurgedOne) {
  World world;
  world.Delete("/api/v1/user/2");
  ASSERT_TRUE(world.Worker().Persons().Purge({}, UserId{2}));
  EXPECT_EQ(world.Get("/api/v1/user/2").status, 404);
  EXPECT_EQ(world.Put("/api/v1/user/2", "is_deleted=0").status, 404);
  EXPECT_EQ(world.Delete("/api/v1/user/2").status, 404);
}

TEST(BrightactGetUser, ShowsAPersonMadeElsewhereWithDefaults) {
  World world;
  directory::NewPerson elsewhere;
  elsewhere.person.email = "sam@example.org";
  elsewhere.person.status = db::Status::kPending;
  const auto id = world.Worker().Persons().Create({}, elsewhere);
  ASSERT_TRUE(id);

  const std::string body = world.Get("/api/v1/user/" + std::to_string(id->value)).body;

  EXPECT_NE(body.find(R"("username":"sam@example.org","first_name":"","last_name":"",)"
                      R"("company":"","status":"0","mobile":"0","mobile_provider":"0",)"
                      R"("sp_num":"0","org_id":"0","is_deleted":"0","extra_email":"",)"
                      R"("suppress_emails":"",)"),
            std::string::npos)
      << body;
}

TEST(BrightactGetUser, ShowsTimesInTheZoneOfTheSettings) {
  World world([](config::Settings& settings) { settings.brightact.timezone = "Etc/GMT-3"; });
  EXPECT_NE(world.Get("/api/v1/user/1").body.find(R"("created_at":"2026-01-05 11:00:00")"),
            std::string::npos);
}

}  // namespace
}  // namespace rosterd::brightact
