// Contract section 6.1.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kRequired = "username=ines@example.org&password=secret&first_name=I&last_name=N";

TEST(BrightactCreateUser, AnswersTheNewIdAsAText) {
  World world;
  const Reply reply = world.Post("/api/v1/user.json", kRequired);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"id":"3"})");
}

TEST(BrightactCreateUser, StoresEveryField) {
  World world;
  const std::string org = world.AddOrg("Kite");
  const Reply reply = world.Post(
      "/api/v1/user", kRequired +
                          "&status=0&mobile=%2B15550100&mobile_provider=13&sp_num=3&org_id=" + org +
                          "&extra_email=a%40b&suppress_emails=example.net&company=Kite+Works");
  EXPECT_EQ(reply.status, 200) << reply.body;
  const std::string body = world.Get("/api/v1/user/3").body;
  EXPECT_NE(
      body.find(R"("company":"Kite Works","status":"0","mobile":"+15550100",)"
                R"("mobile_provider":"13","sp_num":"3","org_id":")" +
                org + R"(","is_deleted":"0","extra_email":"a@b","suppress_emails":"example.net")"),
      std::string::npos)
      << body;
  EXPECT_EQ(world.Ask("SELECT status FROM users WHERE id = 3"), "disabled");
  EXPECT_EQ(world.Ask("SELECT phone FROM users WHERE id = 3"), "+15550100");
}

TEST(BrightactCreateUser, SetsAllTimesToTheMomentOfCreation) {
  World world;
  world.Post("/api/v1/user", kRequired);
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users WHERE id = 3 AND created_at = updated_at AND "
                      "created_at = last_login_at AND created_at > NOW() - INTERVAL 1 HOUR"),
            "1");
}

TEST(BrightactCreateUser, MakesTheUsernameTheEmailAddressWhenItIsOne) {
  World world;
  world.Post("/api/v1/user", kRequired);
  world.AddUser("plain");
  EXPECT_EQ(world.Ask("SELECT email FROM users WHERE id = 3"), "ines@example.org");
  EXPECT_EQ(world.Ask("SELECT email IS NULL FROM users WHERE id = 4"), "1");
}

TEST(BrightactCreateUser, KeepsThePasswordVerbatim) {
  World world;
  world.Post("/api/v1/user", "username=u&password=+pa+ss%26w%2B1+&first_name=A&last_name=B");
  EXPECT_TRUE(world.Worker().Admits(3, " pa ss&w+1 "));
  EXPECT_FALSE(world.Worker().Admits(3, "pa ss&w+1"));
}

TEST(BrightactCreateUser, ReportsAllFailingFieldsAtOnceInTheOrderOfTheTable) {
  World world;
  EXPECT_EQ(world.Post("/api/v1/user", "").body,
            R"({"errors":{"username":["Username cannot be blank."],)"
            R"("password":["Password cannot be blank."],)"
            R"("first_name":["First Name cannot be blank."],)"
            R"("last_name":["Last Name cannot be blank."]}})");
  EXPECT_EQ(world
                .Post("/api/v1/user",
                      "username=OPS%40example.org&password=p&first_name=&last_name=x&org_id=77&"
                      "sp_num=x")
                .body,
            R"({"errors":{"username":["Username has already been taken."],)"
            R"("first_name":["First Name cannot be blank."],)"
            R"("sp_num":["Packs Limit must be an integer."],"org_id":["Org ID is invalid."]}})");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users"), "2");
}

TEST(BrightactCreateUser, TakesNoNameThatALiveUserHasInAnyCase) {
  World world;
  for (const std::string name : {"jo", "JO", "+jo+", "Ops%40Example.ORG"}) {
    const Reply reply =
        world.Post("/api/v1/user", "username=" + name + "&password=p&first_name=A&last_name=B");
    EXPECT_EQ(reply.status, 400) << name;
    EXPECT_EQ(reply.body, R"({"errors":{"username":["Username has already been taken."]}})");
  }
}

TEST(BrightactCreateUser, TakesNoAddressThatAnotherSignsInWith) {
  World world;
  world.Execute("UPDATE users SET email = 'jo@x.org', email_key = 'jo@x.org' WHERE id = 2");
  EXPECT_EQ(
      world.Post("/api/v1/user", "username=JO%40x.org&password=p&first_name=A&last_name=B").body,
      R"({"errors":{"username":["Username has already been taken."]}})");
}

TEST(BrightactCreateUser, TakesTheNameOfADeletedUser) {
  World world;
  world.Delete("/api/v1/user/2");
  world.AddUser("jo");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users WHERE username = 'jo'"), "2");
}

TEST(BrightactCreateUser, TakesABlankOptionalFieldForAnAbsentOne) {
  World world;
  const Reply reply =
      world.Post("/api/v1/user", kRequired +
                                     "&status=&mobile=&mobile_provider=&sp_num=&org_id=&"
                                     "extra_email=&suppress_emails=&company=&is_deleted=");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(world.Ask("SELECT status FROM users WHERE id = 3"), "active");
}

TEST(BrightactCreateUser, CreatesADeletedUserWhoseNameIsFree) {
  World world;
  EXPECT_EQ(world.Post("/api/v1/user", kRequired + "&is_deleted=1").status, 200);
  EXPECT_NE(world.Get("/api/v1/user/3").body.find(R"("is_deleted":"1")"), std::string::npos);
  EXPECT_EQ(world.Post("/api/v1/user", kRequired + "&is_deleted=0").body, R"({"id":"4"})");
  EXPECT_EQ(world.Post("/api/v1/user", kRequired + "&is_deleted=1").body, R"({"id":"5"})");
}

TEST(BrightactCreateUser, IgnoresWhatClientsReadAndSendBack) {
  World world;
  EXPECT_EQ(world
                .Post("/api/v1/user", kRequired + "&id=99&user_id=99&created_at=x&updated_at=x&"
                                                  "last_login=x&key=x&nonsense[]=1")
                .body,
            R"({"id":"3"})");
}

TEST(BrightactCreateUser, ReadsJson) {
  World world;
  const Reply reply = world.Send(
      {.target = "/api/v1/user",
       .method = "POST",
       .body = R"({"username":"ann","password":"p","first_name":"A","last_name":"B","sp_num":7,)"
               R"("org_id":null})",
       .content_type = std::string(kJson)});
  EXPECT_EQ(reply.body, R"({"id":"3"})");
  EXPECT_EQ(world.Ask("SELECT brightact_sp_num FROM users WHERE id = 3"), "7");
}

TEST(BrightactCreateUser, RefusesJsonOfTheWrongTypes) {
  World world;
  const auto send = [&](const std::string& body) {
    return world
        .Send({.target = "/api/v1/user",
               .method = "POST",
               .body = body,
               .content_type = std::string(kJson)})
        .body;
  };
  EXPECT_EQ(send(R"({"username":["a"],"password":{},"first_name":true,"last_name":"B"})"),
            R"({"errors":{"username":["Username is invalid."],)"
            R"("password":["Password is invalid."],"first_name":["First Name is invalid."]}})");
  EXPECT_EQ(send("[]"), R"({"error":"The body is not a JSON object."})");
  EXPECT_TRUE(send("{").starts_with(R"({"error":"The body is not valid JSON)"));
}

TEST(BrightactCreateUser, WritesOneAuditRow) {
  World world;
  world.Post("/api/v1/user", kRequired);
  EXPECT_EQ(world.Ask("SELECT CONCAT_WS(' ', dialect, action, user_id, actor_id, address) FROM "
                      "audit WHERE user_id = 3"),
            "brightact user.create 3 1 192.0.2.1");
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM audit WHERE user_id = 3"), "1");
}

TEST(BrightactCreateUser, LetsOneOfTwoAtOnceWin) {
  World world;
  constexpr size_t kRivals = 4;
  std::vector<std::unique_ptr<Worker>> workers;
  for (size_t i = 0; i < kRivals; ++i) workers.push_back(world.NewWorker());
  for (int round = 0; round < 5; ++round) {
    const std::string name = "racer" + std::to_string(round);
    std::vector<Reply> replies(kRivals);
    std::vector<std::thread> threads;
    for (size_t i = 0; i < kRivals; ++i) {
      threads.emplace_back([&, i] {
        replies[i] =
            workers[i]->Send({.target = "/api/v1/user",
                              .method = "POST",
                              .body = "username=" + name + "&password=p&first_name=A&last_name=B",
                              .content_type = std::string(kForm)});
      });
    }
    for (std::thread& thread : threads) thread.join();
    size_t won = 0;
    for (const Reply& reply : replies) {
      if (reply.status == 200) {
        ++won;
        continue;
      }
      EXPECT_EQ(reply.status, 400);
      EXPECT_EQ(reply.body, R"({"errors":{"username":["Username has already been taken."]}})");
    }
    EXPECT_EQ(won, 1U);
    EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM users WHERE username = '" + name + "'"), "1");
  }
}

}  // namespace
}  // namespace rosterd::brightact
