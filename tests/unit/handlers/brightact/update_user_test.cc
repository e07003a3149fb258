// Contract section 6.2.
#include <gtest/gtest.h>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kForbidden = R"({"error":"This API key may not do that."})";

bool Has(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

TEST(BrightactUpdateUser, ChangesWhatWasSentAndAnswersFifteenMembers) {
  World world;
  const Reply reply = world.Put("/api/v1/user/2.json", "last_name=Nowak+%C5%BBak&sp_num=15");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.starts_with(
      R"({"id":"2","username":"jo","first_name":"Jo","last_name":"Nowak Żak","company":"",)"
      R"("status":"1","mobile":"0","mobile_provider":"0","sp_num":"15","org_id":"0",)"
      R"("extra_email":"","suppress_emails":"","created_at":"2026-01-05 09:00:00",)"
      R"("updated_at":"20)"))
      << reply.body;
  EXPECT_TRUE(reply.body.ends_with(R"("last_login":"2026-01-05 09:00:00"})"));
  EXPECT_FALSE(Has(reply, "is_deleted"));
}

TEST(BrightactUpdateUser, AnswersWhatIsStored) {
  World world;
  const std::string org = world.AddOrg("Kite");
  const Reply reply =
      world.Put("/api/v1/user/2",
                "username=jo2&first_name=J&company=C&status=0&mobile=123&mobile_provider=14&"
                "extra_email=e&suppress_emails=s&org_id=" +
                    org);
  ASSERT_EQ(reply.status, 200) << reply.body;
  std::string shown = world.Get("/api/v1/user/2").body;
  const std::string deleted = R"("is_deleted":"0",)";
  shown.erase(shown.find(deleted), deleted.size());
  EXPECT_EQ(reply.body, shown);
  EXPECT_TRUE(Has(reply, R"("company":"C","status":"0","mobile":"123","mobile_provider":"14",)"
                         R"("sp_num":"0","org_id":")" +
                             org + R"(","extra_email":"e")"));
}

TEST(BrightactUpdateUser, MovesUpdatedAtForEveryKnownFieldAndForNothingElse) {
  World world;
  const auto updated = [&] {
    return world.Ask("SELECT updated_at > '2026-01-05 09:00:00' FROM users WHERE id = 2");
  };
  EXPECT_EQ(world.Put("/api/v1/user/2", "").status, 200);
  EXPECT_EQ(world.Put("/api/v1/user/2", "id=2&created_at=x&nonsense=1").status, 200);
  EXPECT_EQ(updated(), "0");
  EXPECT_EQ(world.Put("/api/v1/user/2", "last_name=Kim").status, 200);
  EXPECT_EQ(updated(), "1");
}

TEST(BrightactUpdateUser, SetsABlankOptionalFieldToItsDefault) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Put("/api/v1/user/2",
            "status=0&mobile=1&mobile_provider=2&sp_num=3&extra_email=e&"
            "suppress_emails=s&company=c&org_id=" +
                org);
  const Reply reply = world.Put("/api/v1/user/2",
                                "status=&mobile=&mobile_provider=&sp_num=&extra_email=&"
                                "suppress_emails=&company=&org_id=");
  EXPECT_TRUE(Has(reply, R"("company":"","status":"1","mobile":"0","mobile_provider":"0",)"
                         R"("sp_num":"0","org_id":"0","extra_email":"","suppress_emails":"")"))
      << reply.body;
}

TEST(BrightactUpdateUser, RefusesABlankRequiredFieldAndChangesNothing) {
  World world;
  const Reply reply = world.Put("/api/v1/user/2", "first_name=&company=C");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"errors":{"first_name":["First Name cannot be blank."]}})");
  EXPECT_EQ(world.Ask("SELECT company FROM users WHERE id = 2"), "");
}

TEST(BrightactUpdateUser, RefusesAnUnknownOrganisation) {
  World world;
  EXPECT_EQ(world.Put("/api/v1/user/2", "org_id=7&company=C").body,
            R"({"errors":{"org_id":["Org ID is invalid."]}})");
  EXPECT_EQ(world.Ask("SELECT company FROM users WHERE id = 2"), "");
}

TEST(BrightactUpdateUser, KeepsUsernamesUnique) {
  World world;
  const std::string taken = R"({"errors":{"username":["Username has already been taken."]}})";
  EXPECT_EQ(world.Put("/api/v1/user/2", "username=OPS%40example.org").body, taken);
  EXPECT_EQ(world.Put("/api/v1/user/2", "username=JO").status, 200) << "its own in another case";
  EXPECT_EQ(world.Ask("SELECT username FROM users WHERE id = 2"), "JO");
}

TEST(BrightactUpdateUser, MovesTheEmailAddressWithTheUsername) {
  World world;
  EXPECT_EQ(world.Put("/api/v1/user/1", "username=new%40example.org").status, 200);
  EXPECT_EQ(world.Ask("SELECT email FROM users WHERE id = 1"), "new@example.org");
  EXPECT_EQ(world.Put("/api/v1/user/1", "username=boss").status, 200);
  EXPECT_EQ(world.Ask("SELECT email FROM users WHERE id = 1"), "new@example.org");
}

TEST(BrightactUpdateUser, ChangesThePasswordAndEndsTokensButNoKeys) {
  World world;
  world.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES "
      "('timeslot', 'token', 2, 'x', NOW())");
  EXPECT_EQ(world.Put("/api/v1/user/my", "password=new+one", kUserKey).status, 200);
  EXPECT_TRUE(world.Worker().Admits(2, "new one"));
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM credentials WHERE user_id = 2 AND kind = 'token' AND "
                      "revoked_at IS NULL"),
            "0");
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 200);
}

TEST(BrightactUpdateUser, NeverShowsThePassword) {
  World world;
  EXPECT_FALSE(Has(world.Put("/api/v1/user/2", "password=hunter2"), "hunter2"));
}

TEST(BrightactUpdateUser, EndsTokensWithStatusZero) {
  World world;
  world.Execute(
      "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES "
      "('timeslot', 'token', 2, 'x', NOW())");
  world.Put("/api/v1/user/2", "status=0");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM credentials WHERE kind = 'token' AND revoked_at IS "
                      "NULL"),
            "0");
}

TEST(BrightactUpdateUser, LetsAnAdminDeleteAndRestore) {
  World world;
  const Reply deleted = world.Put("/api/v1/user/2", "is_deleted=1&last_name=Gone");
  EXPECT_EQ(deleted.status, 200);
  EXPECT_TRUE(Has(deleted, R"("last_name":"Gone")"));
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 401);
  EXPECT_EQ(world.Ask("SELECT username_key IS NULL AND deleted_at IS NOT NULL FROM users WHERE id "
                      "= 2"),
            "1");

  EXPECT_EQ(world.Put("/api/v1/user/2", "is_deleted=0&last_name=Back").status, 200);
  EXPECT_EQ(world.Ask("SELECT CONCAT(username_key, ' ', last_name) FROM users WHERE id = 2 AND "
                      "deleted_at IS NULL"),
            "jo Back");
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 401) << "what ended stays ended";
  EXPECT_EQ(world.Ask("SELECT GROUP_CONCAT(action ORDER BY id) FROM audit WHERE user_id = 2 AND "
                      "dialect = 'brightact'"),
            "user.update,user.delete,user.update,user.restore");
}

TEST(BrightactUpdateUser, LetsAnAdminChangeADeletedUser) {
  World world;
  world.Delete("/api/v1/user/2");
  EXPECT_EQ(world.Put("/api/v1/user/2", "last_name=Later").status, 200);
  EXPECT_EQ(world.Ask("SELECT last_name FROM users WHERE id = 2 AND deleted_at IS NOT NULL"),
            "Later");
  EXPECT_EQ(world.Ask("SELECT username_key IS NULL FROM users WHERE id = 2"), "1");
}

TEST(BrightactUpdateUser, RestoresNobodyOntoATakenNameAndChangesNothing) {
  World world;
  world.Delete("/api/v1/user/2");
  world.AddUser("jo");
  const Reply reply = world.Put("/api/v1/user/2", "is_deleted=0&last_name=Back");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"({"errors":{"username":["Username has already been taken."]}})");
  EXPECT_EQ(world.Ask("SELECT CONCAT(last_name, deleted_at IS NULL) FROM users WHERE id = 2"),
            "Kim0");
  EXPECT_EQ(world.Put("/api/v1/user/2", "is_deleted=0&username=jo2").status, 200);
}

TEST(BrightactUpdateUser, LetsNoKeyDeleteItsOwner) {
  World world;
  EXPECT_EQ(world.Put("/api/v1/user/my", "is_deleted=1").body, kForbidden);
  EXPECT_EQ(world.Get("/api/v1/user/my").status, 200);
}

TEST(BrightactUpdateUserKey, MayWriteBackEverythingThatItRead) {
  World world;
  const std::string org = world.AddOrg("Kite");
  world.Put("/api/v1/user/2", "sp_num=5&org_id=" + org);
  const Reply reply = world.Put(
      "/api/v1/user/my",
      "id=2&username=jo&first_name=Jo&last_name=New&company=&status=1&mobile=0&mobile_provider=0&"
      "sp_num=5&is_deleted=0&extra_email=&suppress_emails=&created_at=2026-01-05+09%3A00%3A00&"
      "updated_at=x&last_login=x&org_id=" +
          org,
      kUserKey);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_TRUE(Has(reply, R"("last_name":"New")"));
}

TEST(BrightactUpdateUserKey, MayChangeNoFieldOfAdmins) {
  World world;
  const std::string org = world.AddOrg("Kite");
  for (const std::string& field :
       {std::string("sp_num=1"), std::string("sp_num=x"), std::string("status=0"),
        std::string("status=7"), std::string("is_deleted=1"), "org_id=" + org,
        std::string("org_id=999"), std::string("sp_num[]=0")}) {
    const Reply reply = world.Put("/api/v1/user/my", "last_name=Sly&" + field, kUserKey);
    EXPECT_EQ(reply.status, 403) << field;
    EXPECT_EQ(reply.body, kForbidden) << field;
  }
  EXPECT_EQ(world.Ask("SELECT CONCAT(last_name, status, brightact_sp_num, brightact_org_id IS "
                      "NULL, deleted_at IS NULL) FROM users WHERE id = 2"),
            "Kimactive011");
}

TEST(BrightactUpdateUserKey, MayChangeItsUsernamePasswordAndTheRest) {
  World world;
  const Reply reply = world.Put("/api/v1/user/2",
                                "username=joanna&password=p&first_name=J&last_name=K&company=C&"
                                "mobile=1&mobile_provider=3&extra_email=e&suppress_emails=s",
                                kUserKey);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(world.Ask("SELECT username FROM users WHERE id = 2"), "joanna");
}

}  // namespace
}  // namespace rosterd::brightact
