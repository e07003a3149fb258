#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "db/timeslot/friendship_store.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;

// 6.7.
TEST(TimeslotGetUser, ShowsOthersReduced) {
  EXPECT_EQ(World::Shared().Get("/v1/users/4680").body,
            R"({"id":4680,"username":"Jonas","locationId":null,)"
            R"("createdAt":"2015-04-30T17:44:09.301Z","updatedAt":"2015-05-02T06:10:55.870Z",)"
            R"("deletedAt":null,"image":"v1430412345/zt55.jpg","slotCount":12,"reslotCount":3,)"
            R"("friendsCount":1})");
}

TEST(TimeslotGetUser, ShowsOthersAsTheSeedDidWhereSwitchedOn) {
  config::Timeslot settings;
  settings.other_user_fields = "seed";
  World world(settings);

  const std::string body = world.Get("/v1/users/4680").body;

  EXPECT_THAT(body, HasSubstr(R"("username":"Jonas","email":"jonas@example.net",)"));
  EXPECT_THAT(body, HasSubstr(R"("reslotCount":3,"friendsCount":1})"));
}

TEST(TimeslotGetUser, CountsEstablishedFriendsOnBothSides) {
  World world;
  world.Execute("DELETE FROM timeslot_friendships");
  world.Execute(
      "INSERT INTO timeslot_friendships (starter_id, recipient_id, state, created_at, updated_at,"
      " deleted_at) VALUES"
      " (4680, 217, '11', '2015-01-01', '2015-01-01', NULL),"
      " (4711, 4680, '11', '2015-01-01', '2015-01-01', NULL),"
      " (4680, 4702, '00', '2015-01-01', '2015-01-01', NULL),"
      " (4712, 4680, '11', '2015-01-01', '2015-01-01', '2015-01-02'),"
      " (4800, 4680, '11', '2015-01-01', '2015-01-01', NULL),"
      " (4801, 4680, '11', '2015-01-01', '2015-01-01', NULL),"
      " (4702, 4802, '11', '2015-01-01', '2015-01-01', NULL)");
  world.Execute("UPDATE users SET timeslot_befriended = 1");
  EXPECT_EQ(world.Get("/v1/users/4680")["friendsCount"], "3");
  EXPECT_EQ(world.Get("/v1/users/4702")["friendsCount"], "1");
  EXPECT_EQ(world.Get("/v1/users/4712")["friendsCount"], "0");
}

TEST(TimeslotGetUser, CountsFriendsThatAnOlderProgramWroteOnceTheyAreMarked) {
  World world;
  world.Execute("DELETE FROM timeslot_friendships");
  world.Execute("UPDATE users SET timeslot_befriended = 0");
  world.Execute(
      "INSERT INTO timeslot_friendships (starter_id, recipient_id, state, created_at, updated_at)"
      " VALUES (4680, 217, '11', '2015-01-01', '2015-01-01')");
  const auto mark = [&] {
    return world.Connection().Transaction([](db::Session& session) -> db::StoreResult<uint64_t> {
      return db::timeslot::FriendshipStore::MarkAll(session);
    });
  };

  EXPECT_EQ(mark().value(), 2U);
  EXPECT_EQ(mark().value(), 0U);
  EXPECT_EQ(world.Get("/v1/users/4680")["friendsCount"], "1");
  EXPECT_EQ(world.Get("/v1/users/217")["friendsCount"], "1");
  EXPECT_EQ(world.AskDatabase("SELECT SUM(timeslot_befriended) FROM users"), "2");
}

// Besides the look at the token, which a worker repeats from time to time.
uint64_t StatementsOf(const char* target) {
  World& world = World::Shared();
  uint64_t fewest = 10;
  for (int round = 0; round < 5; ++round) {
    const uint64_t before = world.Connection().Statements();
    world.Get(target);
    fewest = std::min(fewest, world.Connection().Statements() - before);
  }
  return fewest;
}

TEST(TimeslotGetUser, TakesOneStatementAndAnotherOneForFriends) {
  EXPECT_EQ(StatementsOf("/v1/users/4802"), 1U);
  EXPECT_EQ(StatementsOf("/v1/users/4680"), 2U);
}

TEST(TimeslotGetUser, CutsMicrosecondsAndNamesPersonsOfOtherDialects) {
  const Reply reply = World::Shared().Get("/v1/users/4802");
  EXPECT_EQ(reply["createdAt"], R"("2015-05-11T01:02:03.456Z")");
  EXPECT_EQ(reply["username"], R"("Sam Shopper")");
}

TEST(TimeslotGetUser, KnowsNobodyWhoIsDeletedOrNotThere) {
  for (const char* id : {"4800", "99", "0", "9007199254740992", "99999999999999999999999999"}) {
    const Reply reply = World::Shared().Get("/v1/users/" + std::string(id));
    EXPECT_EQ(reply.status, 404) << id;
    EXPECT_EQ(reply.body, " ");
    EXPECT_EQ(reply.Header("Content-Type"), "application/json");
    EXPECT_EQ(reply.Header("ETag"), "");
  }
}

// 2.3.
TEST(TimeslotGetUser, SparesWhatTheClientHas) {
  World& world = World::Shared();
  const std::string tag = world.Get("/v1/users/4711").Header("ETag");
  for (const std::string& list : {tag, "\"x\", W/" + tag, std::string("*")}) {
    const Reply reply =
        world.Send({.target = "/v1/users/4711", .headers = {{"If-None-Match", list}}});
    EXPECT_EQ(reply.status, 304) << list;
    EXPECT_EQ(reply.body, "");
    EXPECT_EQ(reply.Header("ETag"), tag);
    EXPECT_EQ(reply.Header("Content-Type"), "");
    EXPECT_EQ(reply.Header("Cache-Control"), "max-age=0, private, must-revalidate");
  }
  EXPECT_EQ(
      world.Send({.target = "/v1/users/4711", .headers = {{"If-None-Match", "\"x\""}}}).status,
      200);
  EXPECT_EQ(world
                .Send({.target = "/v1/users/4711",
                       .headers = {{"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"}}})
                .status,
            200);
}

TEST(TimeslotGetUser, AnswersHeadAsGet) {
  const Reply reply = World::Shared().Send({.target = "/v1/users/4680", .method = "HEAD"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("ETag"), "\"2133ddbb72090982bf631daa7a7269e0\"");
}

// Section 9.
TEST(TimeslotGetUser, ShowsEveryStateOfFriendshipsAndGroups) {
  World world;
  world.Execute("DELETE FROM timeslot_friendships");
  world.Execute("DELETE FROM timeslot_memberships");
  world.Execute(
      "INSERT INTO timeslot_friendships (id, starter_id, recipient_id, state, created_at,"
      " updated_at, deleted_at) VALUES"
      " (1, 217, 4711, '01', '2015-01-01', '2015-01-01', NULL),"
      " (2, 4711, 4712, '00', '2015-01-01', '2015-01-01', NULL),"
      " (3, 4711, 4680, '11', '2015-01-01', '2015-01-01', '2015-01-02'),"
      " (4, 4802, 4711, 'x', '2015-01-01', '2015-01-01', NULL),"
      " (5, 4711, 4800, '11', '2015-01-01', '2015-01-01', NULL)");
  world.Execute("UPDATE users SET timeslot_befriended = 1");
  world.Execute(
      "INSERT INTO timeslot_memberships (id, user_id, group_id, state, created_at, deleted_at)"
      " VALUES (1, 4711, 1, '111', '2015-01-01', '2015-01-02'),"
      " (2, 4711, 2, '011', '2015-01-01', NULL), (3, 4711, 3, '001', '2015-01-01', NULL),"
      " (4, 4711, 4, '010', '2015-01-01', NULL), (5, 4711, 5, '100', '2015-01-01', NULL),"
      " (6, 4711, 6, '000', '2015-01-01', NULL), (7, 4711, 7, '110', '2015-01-01', NULL)");

  const Reply reply = world.Get("/v1/users/4711");

  EXPECT_EQ(reply["friendsCount"], "0");
  EXPECT_EQ(reply["friendships"], R"([{"friend_id":4712,"state":"offered","initiator":4711},)"
                                  R"({"friend_id":217,"state":"rejected","initiator":217},)"
                                  R"({"friend_id":4802,"state":"undefined","initiator":4802}])");
  EXPECT_EQ(reply["groups"], R"([{"groupId":1,"state":"active"},{"groupId":2,"state":"invited"},)"
                             R"({"groupId":3,"state":"refused"},{"groupId":4,"state":"kicked"},)"
                             R"({"groupId":5,"state":"left"},{"groupId":6,"state":"deleted"},)"
                             R"({"groupId":7,"state":"undefined"}])");

  const std::string list = world.Get("/v1/users").body;
  EXPECT_THAT(list, HasSubstr(R"({"id":217,"username":"User 216","image":null,)"
                              R"("friendshipState":"01")"));
  EXPECT_THAT(list, HasSubstr(R"("username":"Paul","image":null,"friendshipState":"10")"));
  EXPECT_THAT(list, HasSubstr(R"("image":"v1430412345/zt55.jpg","friendshipState":null)"));
}

TEST(TimeslotGetUser, NamesAPersonWithoutADisplayName) {
  World world;
  world.Execute("UPDATE users SET first_name = '', last_name = '' WHERE id = 4802");
  EXPECT_EQ(world.Get("/v1/users/4802")["username"], R"("shopper")");
  world.Execute("UPDATE users SET username = 'who@example.net' WHERE id = 4802");
  EXPECT_EQ(world.Get("/v1/users/4802")["username"], R"("who")");
  world.Execute("UPDATE users SET display_name = REPEAT('é', 60) WHERE id = 4802");
  EXPECT_EQ(world.Get("/v1/users/4802")["username"].size(), 102U);
}

// 6.8.
TEST(TimeslotListUsers, CutsTheListAndSaysWhereItGoesOn) {
  config::Timeslot settings;
  settings.list_limit = 2;
  World world(settings);

  const Reply first = world.Get("/v1/users");
  EXPECT_THAT(first.body, HasSubstr(R"({"id":217,)"));
  EXPECT_THAT(first.body, HasSubstr(R"({"id":4680,)"));
  EXPECT_THAT(first.body, Not(HasSubstr(R"({"id":4702,)")));
  EXPECT_EQ(first.Header("Link"), R"(<https://api.example.net/v1/users?after=4680>; rel="next")");
  EXPECT_EQ(world.Get("/v1/users?limit=1").Header("Link"),
            R"(<https://api.example.net/v1/users?after=217&limit=1>; rel="next")");
  EXPECT_EQ(world.Get("/v1/users?limit=9&after=4711").Header("Link"),
            R"(<https://api.example.net/v1/users?after=4801&limit=9>; rel="next")");
  const Reply last = world.Get("/v1/users?after=4712&limit=x");
  EXPECT_EQ(last.Header("Link"), "");
  EXPECT_EQ(last.body, R"([{"id":4801,"username":"Blocked","image":null,"friendshipState":null,)"
                       R"("url":"https://api.example.net/v1/users/4801"},)"
                       R"({"id":4802,"username":"Sam Shopper","image":null,"friendshipState":null,)"
                       R"("url":"https://api.example.net/v1/users/4802"}])");
  EXPECT_EQ(world.Get("/v1/users?after=4802").body, "[]");
}

// Whoever asks for what is behind a huge id must not get the first page again, and read for ever.
TEST(TimeslotListUsers, IsEmptyBehindANumberThatNoIdReaches) {
  World world;

  EXPECT_EQ(world.Get("/v1/users?after=9007199254740992").body, "[]");
  EXPECT_EQ(world.Get("/v1/users?after=99999999999999999999").body, "[]");
  EXPECT_EQ(world.Get("/v1/users?after=abc").body, world.Get("/v1/users").body);
}

TEST(TimeslotListUsers, HoldsEverybodyWithoutALimit) {
  config::Timeslot settings;
  settings.list_limit = 0;
  World world(settings);

  const Reply reply = world.Send({.target = "/v1/users", .https = false});

  EXPECT_EQ(reply.Header("Link"), "");
  EXPECT_EQ(reply.Json().AsList()->size(), 7U);
  EXPECT_THAT(reply.body, HasSubstr(R"("url":"http://api.example.net/v1/users/4711")"));
}

// 6.9.
TEST(TimeslotDeleteUser, AnswersWithWhatIsLeft) {
  World world;
  world.Patch(R"({"image":"x"})");

  const Reply reply = world.Send({.target = "/v1/users",
                                  .method = "DELETE",
                                  .body = "{broken",
                                  .content_type = "application/x-www-form-urlencoded"});

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply["image"], "null");
  EXPECT_EQ(reply["friendships"], "[]");
  EXPECT_EQ(reply["friendsCount"], "0");
  EXPECT_EQ(reply["groups"],
            R"([{"groupId":31,"state":"active"},{"groupId":44,"state":"invited"}])");
  EXPECT_NE(reply["deletedAt"], "null");
  EXPECT_GE(reply["updatedAt"], reply["deletedAt"]);
  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
  EXPECT_EQ(world.Get("/v1/users/4711", "ada-token").status, 404);
  EXPECT_EQ(world.Get("/v1/users/4680", "ada-token")["friendsCount"], "0");
  EXPECT_EQ(
      world.Post("/v1/users/signin", R"({"email":"mira.falk@example.net","password":"s3cret-tea"})")
          .status,
      401);
  EXPECT_EQ(world.AskDatabase("SELECT COUNT(*) FROM timeslot_images WHERE user_id = 4711"
                              " AND deleted_at IS NULL"),
            "0");
}

TEST(TimeslotDeleteUser, RefusesTheTokenOfWhoIsGoneAlready) {
  World world;
  EXPECT_EQ(world.Get("/v1/users/4711").status, 200);
  world.Execute("UPDATE users SET deleted_at = NOW(6) WHERE id = 4711");

  // The token was looked at before: what is asked with it finds nobody.
  for (const Reply& reply :
       {world.Get("/v1/users/4711"), world.Send({.target = "/v1/users", .method = "DELETE"}),
        world.Send({.target = "/v1/users", .method = "PATCH", .body = R"({"push":false})"})}) {
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.body, "Bad credentials");
    EXPECT_EQ(reply.Header("WWW-Authenticate"), R"(Token realm="Application")");
  }
}

TEST(TimeslotDeleteUser, LeavesFriendsAndGroupsForARestore) {
  World world;
  world.Send({.target = "/v1/users", .method = "DELETE"});
  ASSERT_TRUE(world.Persons().Restore({}, {4711}));

  EXPECT_EQ(world.Get("/v1/users/4711").status, 401);
  const Reply again = world.Post("/v1/users/signin",
                                 R"({"email":"mira.falk@example.net","password":"s3cret-tea"})");
  const std::string token = again["authToken"];
  EXPECT_EQ(world.Get("/v1/users/4711", token.substr(1, token.size() - 2))["friendsCount"], "1");
}

TEST(TimeslotDeleteUser, IsErasedByAPurge) {
  World world;
  world.Patch(R"({"image":"x","publicUrl":"mira","phone":"12","defaultGroupAlerts":"1111111111"})");
  world.Send({.target = "/v1/users", .method = "DELETE"});

  ASSERT_TRUE(world.Persons().Purge({}, {4711}));

  EXPECT_EQ(world.AskDatabase(
                "SELECT (SELECT COUNT(*) FROM timeslot_images WHERE user_id = 4711)"
                " + (SELECT COUNT(*) FROM timeslot_friendships)"
                " + (SELECT COUNT(*) FROM timeslot_memberships)"
                " + (SELECT timeslot_public_url IS NOT NULL OR timeslot_phone_login IS NOT NULL"
                "    OR timeslot_default_group_alerts <> '0000000000' FROM users WHERE id = 4711)"),
            "0");
}

// 6.13.
TEST(TimeslotSlots, AreEmptyLists) {
  World& world = World::Shared();
  for (const char* path : {"/v1/users/4680/slots", "/v1/users/friendslots"}) {
    const Reply reply = world.Get(path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_EQ(reply.body, "[]");
    EXPECT_EQ(reply.Header("ETag"), "\"d751713988987e9331980363e24189ce\"");
    EXPECT_EQ(world.Get(path, "").status, 401);
  }
  EXPECT_EQ(world.Get("/v1/users/4800/slots").status, 404);
  EXPECT_EQ(world.Get("/v1/users/4800/slots").body, " ");
}

}  // namespace
}  // namespace rosterd::timeslot
