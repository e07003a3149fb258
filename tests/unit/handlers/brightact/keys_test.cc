// API keys, their roles, and who may call what: contract section 2.
#include <gtest/gtest.h>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kInvalid = R"({"error":"Invalid API key."})";
const std::string kWrongKey = "ffffffffffffffffffffffffffffffff";

TEST(BrightactKey, IsTheFirstParameterOfItsName) {
  World world;
  const auto status = [&](const std::string& query) {
    return world.Send({.target = "/api/v1/user/my?" + query, .key = ""}).status;
  };
  EXPECT_EQ(status("key=" + kUserKey), 200);
  EXPECT_EQ(status("org_id=3&key=" + kUserKey), 200);
  EXPECT_EQ(status("key=" + kUserKey + "&key=" + kWrongKey), 200);
  EXPECT_EQ(status("key=" + kWrongKey + "&key=" + kUserKey), 401);
  EXPECT_EQ(status("key%5B%5D=" + kUserKey), 401);
  EXPECT_EQ(status("Key=" + kUserKey), 401);
}

TEST(BrightactKey, MayStandInAHeaderOfARequestWithoutTheParameter) {
  World world;
  const auto status = [&](const std::string& query) {
    return world
        .Send(
            {.target = "/api/v1/user/my" + query, .key = "", .headers = {{"X-API-Key", kUserKey}}})
        .status;
  };
  EXPECT_EQ(status(""), 200);
  EXPECT_EQ(status("?org_id=1"), 200);
  EXPECT_EQ(status("?key="), 401);
  EXPECT_EQ(status("?key=" + kWrongKey), 401);
}

TEST(BrightactKey, DoesNotCountInABody) {
  World world;
  EXPECT_EQ(world.Put("/api/v1/user/my", "key=" + kUserKey + "&last_name=X", "").status, 401);
}

TEST(BrightactKey, IsRefusedWithOneBodyWhateverIsWrongWithIt) {
  World world;
  const std::string revoked = std::string(32, 'a');
  world.AddKey(2, "user", revoked);
  world.Execute(
      "UPDATE credentials SET revoked_at = NOW() WHERE id = (SELECT MAX(id) FROM "
      "(SELECT id FROM credentials) c)");
  for (const std::string& key : {std::string(), kWrongKey, revoked, std::string("%00"),
                                 std::string("%FF"), std::string(300, 'k'), kUserKey + "0"}) {
    const Reply reply = world.Get("/api/v1/user/my", key);
    EXPECT_EQ(reply.status, 401) << key;
    EXPECT_EQ(reply.body, kInvalid) << key;
  }
}

TEST(BrightactKey, OfAnOwnerWhoIsDeletedOrDisabledIsRefused) {
  for (const std::string change : {"deleted_at = NOW()", "status = 'disabled'",
                                   "status = 'pending'", "status = 'hidden'", "blocked = 1"}) {
    World world;
    world.Execute("UPDATE users SET " + change + " WHERE id = 2");
    EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).body, kInvalid) << change;
  }
}

TEST(BrightactKey, EndsAtOnceForAWorkerThatHasJustAcceptedIt) {
  World world;
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 200);
  EXPECT_EQ(world.Put("/api/v1/user/2", "status=0").status, 200);
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 401);
  EXPECT_EQ(world.Put("/api/v1/user/2", "status=1").status, 200);
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 200);
  EXPECT_EQ(world.Delete("/api/v1/user/2").status, 200);
  EXPECT_EQ(world.Get("/api/v1/user/my", kUserKey).status, 401);
}

TEST(BrightactKey, OfAnotherDialectIsUnknown) {
  World world;
  world.Execute("UPDATE credentials SET dialect = 'cscart'");
  EXPECT_EQ(world.Get("/api/v1/user/my").status, 401);
}

TEST(BrightactKey, WithoutAPlainRoleHasTheLesserRights) {
  World world;
  world.Execute("UPDATE credentials SET role = 'Administrator'");
  EXPECT_EQ(world.Get("/api/v1/user/my").status, 200);
  EXPECT_EQ(world.Get("/api/v1/orgs").status, 403);
}

TEST(BrightactKey, MayBeOneOfSeveralOfAUser) {
  World world;
  const std::string second = std::string(32, 'b');
  world.AddKey(2, "admin", second);
  EXPECT_EQ(world.Get("/api/v1/orgs", kUserKey).status, 403);
  EXPECT_EQ(world.Get("/api/v1/orgs", second).status, 200);
}

struct Line {
  std::string method;
  std::string path;
  int admin;
  int user;
};

TEST(BrightactKey, MayCallWhatItsRoleMay) {
  const std::vector<Line> lines = {
      {"POST", "user", 400, 403},
      {"GET", "user/2", 200, 200},
      {"GET", "user/my", 200, 200},
      {"GET", "user/1", 200, 403},
      {"GET", "user/999", 404, 403},
      {"PUT", "user/2", 200, 200},
      {"PUT", "user/my", 200, 200},
      {"PUT", "user/1", 200, 403},
      {"PUT", "user/999", 404, 403},
      {"GET", "resetUserPassword/2", 200, 200},
      {"POST", "resetUserPassword/my", 200, 200},
      {"GET", "resetUserPassword/1", 200, 403},
      {"GET", "resetUserPassword/999", 404, 403},
      {"GET", "users?org_id=0", 200, 403},
      {"GET", "users", 400, 403},
      {"POST", "org", 400, 403},
      {"GET", "org/999", 404, 403},
      {"PUT", "org/999", 404, 403},
      {"DELETE", "org/999", 404, 403},
      {"GET", "orgs", 200, 403},
      {"DELETE", "user/my", 403, 403},
      {"DELETE", "user/1", 403, 403},
      {"DELETE", "user/0", 404, 403},
      {"DELETE", "user/999", 404, 403},
      {"DELETE", "user/2", 200, 403},
  };
  World world;
  for (const Line& line : lines) {
    const std::string target = "/api/v1/" + line.path;
    const Reply user = world.Send({.target = target, .method = line.method, .key = kUserKey});
    EXPECT_EQ(user.status, line.user) << line.method << " " << line.path;
    if (line.user == 403) {
      EXPECT_EQ(user.body, R"({"error":"This API key may not do that."})");
    }
    const Reply admin = world.Send({.target = target, .method = line.method});
    EXPECT_EQ(admin.status, line.admin) << line.method << " " << line.path;
  }
}

TEST(BrightactKeyThrottle, LocksAnAddressAfterTwentyWrongKeys) {
  World world;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(world.Get("/api/v1/orgs", kWrongKey).status, 401);
  }
  const Reply locked = world.Get("/api/v1/orgs", kWrongKey);
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(locked.body, R"({"error":"Too many requests."})");
  const int wait = std::stoi(locked.Header("Retry-After"));
  EXPECT_GE(wait, 1);
  EXPECT_LE(wait, 600);

  EXPECT_EQ(world.Get("/api/v1/orgs").status, 200) << "a valid key is nobody else's fault";
  EXPECT_EQ(world.Send({.target = "/api/v1/orgs", .key = kWrongKey, .address = "192.0.2.2"}).status,
            401);
  EXPECT_EQ(world.NewWorker()->Send({.target = "/api/v1/orgs", .key = kWrongKey}).status, 429);
  EXPECT_EQ(world.Worker().Events().size(), 22U);
}

TEST(BrightactKeyThrottle, CountsNoRequestThatBringsNoKey) {
  World world([](config::Settings& settings) { settings.brightact.key_failures_per_address = 1; });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(world.Get("/api/v1/orgs", "").status, 401);
  EXPECT_EQ(world.Get("/api/v1/orgs", kWrongKey).status, 401);
  EXPECT_EQ(world.Get("/api/v1/orgs", kWrongKey).status, 429);
}

TEST(BrightactKeyThrottle, CanBeSwitchedOff) {
  World world([](config::Settings& settings) {
    settings.brightact.key_failures_per_address = 1;
    settings.throttle.enabled = false;
  });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(world.Get("/api/v1/orgs", kWrongKey).status, 401);
}

}  // namespace
}  // namespace rosterd::brightact
