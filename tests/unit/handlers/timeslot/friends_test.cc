#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "handlers/timeslot/friendships.h"
#include "tests/unit/handlers/timeslot/world.h"

namespace rosterd::timeslot {
namespace {

Reply Add(World& world, const std::string& ids, const std::string& token = "mira-token") {
  return world.Post("/v1/users/add_friends", R"({"ids":)" + ids + "}", token);
}

Reply Remove(World& world, const std::string& ids, const std::string& token = "mira-token") {
  return world.Post("/v1/users/remove_friends", R"({"ids":)" + ids + "}", token);
}

/// The records of the table: "starter-recipient state", " -" behind a removed one; oldest first.
std::string Records(World& world) {
  return world.AskDatabase(
      "SELECT COALESCE(GROUP_CONCAT(CONCAT(starter_id, '-', recipient_id, ' ', state,"
      " IF(deleted_at IS NULL, '', ' -')) ORDER BY id SEPARATOR ', '), 'none')"
      " FROM timeslot_friendships");
}

std::string Audit(World& world) {
  return world.AskDatabase(
      "SELECT COALESCE(GROUP_CONCAT(CONCAT(action, ' ', actor_id, '>', user_id, ' ', fields)"
      " ORDER BY id SEPARATOR ', '), 'none') FROM audit");
}

std::string UpdatedAt(World& world, int id) {
  return world.AskDatabase("SELECT updated_at FROM users WHERE id = " + std::to_string(id));
}

constexpr const char* kAtFirst = "4711-4680 11, 4702-4711 00";

TEST(TimeslotAddFriends, AnswersWithOneSpace) {
  World world;
  const Reply reply = Add(world, "[217]");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, " ");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  EXPECT_EQ(reply.Header("ETag"), "\"7215ee9c7d9dc229d2921a40e899ec5f\"");
}

TEST(TimeslotAddFriends, TakesEachIdInTurn) {
  World world;
  // Herself, a friend, somebody who asked, and two strangers, one of them twice.
  EXPECT_EQ(Add(world, R"([4711, 4680, "4702", 4802, 217, 217])").status, 200);
  EXPECT_EQ(Records(world), "4711-4680 11, 4702-4711 11, 4711-4802 00, 4711-217 00");
  EXPECT_EQ(Audit(world),
            "friend.accept 4711>4702 friendships, friend.request 4711>4802 friendships,"
            " friend.request 4711>217 friendships");
}

TEST(TimeslotAddFriends, AsksOnce) {
  World world;
  EXPECT_EQ(Add(world, "[4711]", "ada-token").status, 200);
  EXPECT_EQ(Add(world, "[4711]").status, 200);
  EXPECT_EQ(Records(world), kAtFirst);
  EXPECT_EQ(Audit(world), "none");
}

TEST(TimeslotAddFriends, TakesAForm) {
  World world;
  EXPECT_EQ(world.Form("POST", "/v1/users/add_friends", "ids%5B%5D=4702&ids%5B%5D=217").status,
            200);
  EXPECT_EQ(Records(world), "4711-4680 11, 4702-4711 11, 4711-217 00");
}

TEST(TimeslotAddFriends, RevivesWhatWasRemovedOrRejected) {
  World world;
  world.Execute("UPDATE timeslot_friendships SET deleted_at = '2015-05-09' WHERE id = 1");
  world.Execute("UPDATE timeslot_friendships SET state = '01' WHERE id = 2");
  EXPECT_EQ(Add(world, "[4680,4702]").status, 200);
  EXPECT_EQ(Records(world), "4711-4680 00, 4711-4702 00");
  EXPECT_EQ(Add(world, "[4711]", "jonas-token").status, 200);
  EXPECT_EQ(Records(world), "4711-4680 11, 4711-4702 00");
}

TEST(TimeslotAddFriends, LeavesAStateOfAnImportAlone) {
  World world;
  world.Execute("UPDATE timeslot_friendships SET state = '10' WHERE id = 2");
  EXPECT_EQ(Add(world, "[4702]").status, 200);
  EXPECT_EQ(Records(world), "4711-4680 11, 4702-4711 10");
}

TEST(TimeslotAddFriends, StoresNothingWhenOneIsNobody) {
  World world;
  for (const char* ids : {"[4702,99999]", "[4702,4800]", R"([4702,"abc"])",
                          "[4702,99999999999999999999]", "[4702,0]", "[-1]"}) {
    const Reply reply = Add(world, ids);
    EXPECT_EQ(reply.status, 404) << ids;
    EXPECT_EQ(reply.body, " ") << ids;
    EXPECT_EQ(reply.Header("Content-Type"), "application/json") << ids;
  }
  EXPECT_EQ(Records(world), kAtFirst);
  EXPECT_EQ(Audit(world), "none");
}

TEST(TimeslotAddFriends, NeedsAnArrayOfIds) {
  World world;
  EXPECT_EQ(world.Post("/v1/users/add_friends", "{}").body,
            R"({"error":"param is missing or the value is empty: ids"})");
  for (const char* ids : {"null", R"("")", "[]", "[null]", "{}", "false"}) {
    const Reply reply = Add(world, ids);
    EXPECT_EQ(reply.status, 422) << ids;
    EXPECT_EQ(reply.body, R"({"error":"param is missing or the value is empty: ids"})") << ids;
  }
  for (const char* ids : {"4680", R"("4680")", "[[4680]]", R"({"0":4680})", "[true]"}) {
    const Reply reply = Add(world, ids);
    EXPECT_EQ(reply.status, 422) << ids;
    EXPECT_EQ(reply.body, R"({"error":"ids is invalid"})") << ids;
  }
  EXPECT_EQ(Records(world), kAtFirst);
}

TEST(TimeslotAddFriends, NeedsAToken) {
  World world;
  EXPECT_EQ(Add(world, "[217]", "").status, 401);
  EXPECT_EQ(Add(world, "nonsense", "").status, 400);
  EXPECT_EQ(Remove(world, "[4680]", "nobody").status, 401);
  EXPECT_EQ(Records(world), kAtFirst);
}

TEST(TimeslotAddFriends, DoesNotMoveUpdatedAt) {
  World world;
  Add(world, "[4702,217]");
  EXPECT_EQ(UpdatedAt(world, 4711), "2015-05-07 08:15:30.120000");
  EXPECT_EQ(UpdatedAt(world, 4702), "2015-05-01 00:00:00.000000");
}

TEST(TimeslotRemoveFriends, EndsFriendshipsAndRequestsEitherWay) {
  World world;
  Add(world, "[217]");
  const Reply reply = Remove(world, "[4680,4702,217]");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, " ");
  EXPECT_EQ(Records(world), "4711-4680 11 -, 4702-4711 00 -, 4711-217 00 -");
}

TEST(TimeslotRemoveFriends, TakesAFormAndAuditsTheFriend) {
  World world;
  EXPECT_EQ(world.Form("POST", "/v1/users/remove_friends", "ids%5B%5D=4680&ids%5B%5D=4711").status,
            200);
  EXPECT_EQ(Records(world), "4711-4680 11 -, 4702-4711 00");
  EXPECT_EQ(Audit(world), "friend.remove 4711>4680 friendships");
}

TEST(TimeslotRemoveFriends, PassesOverStrangersAndNobody) {
  World world;
  world.Execute("UPDATE timeslot_friendships SET state = '01' WHERE id = 2");
  const Reply reply = Remove(world, R"([217,99999,4800,4711,"abc",4702,99999999999999999999])");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Records(world), "4711-4680 11, 4702-4711 01");
  EXPECT_EQ(Audit(world), "none");
}

TEST(TimeslotRemoveFriends, KeepsTheFriendshipOfWhoIsInTheTrash) {
  World world;
  world.Execute("UPDATE users SET deleted_at = '2015-06-01' WHERE id = 4680");
  EXPECT_EQ(Remove(world, "[4680]").status, 200);
  EXPECT_EQ(Records(world), kAtFirst);
}

TEST(TimeslotRemoveFriends, MovesUpdatedAtOfTheRecipientWhoeverAsks) {
  World world;
  EXPECT_EQ(Remove(world, "[4680]").status, 200);
  EXPECT_GT(UpdatedAt(world, 4680), "2026");
  EXPECT_EQ(UpdatedAt(world, 4711), "2015-05-07 08:15:30.120000");

  EXPECT_EQ(Remove(world, "[4702]").status, 200);
  EXPECT_GT(UpdatedAt(world, 4711), "2026");
  EXPECT_EQ(UpdatedAt(world, 4702), "2015-05-01 00:00:00.000000");
}

/// Befriends over a connection of its own, as another worker does.
directory::Outcome<std::monostate> BefriendElsewhere(const config::Database& settings, UserId user,
                                                     const std::vector<UserId>& others) {
  db::Connection connection(settings);
  return connection.Transaction([&](db::Session& session) {
    return Befriend(session, {"timeslot", user, "", "", ""}, user, others);
  });
}

TEST(TimeslotFriends, WhoAskEachOtherAtOnceHaveOneRecord) {
  World world;
  const config::Database& settings = world.DatabaseSettings();
  for (int round = 0; round < 20; ++round) {
    world.Execute("DELETE FROM timeslot_friendships");
    bool one = false;
    bool other = false;
    // Each names the others in another order: locks are taken in one.
    std::thread first([&] {
      one = BefriendElsewhere(settings, {4711}, {{4802}, {217}, {4680}, {4702}}).has_value();
    });
    std::thread second([&] {
      other = BefriendElsewhere(settings, {4680}, {{4711}, {4702}, {4802}, {217}}).has_value();
    });
    first.join();
    second.join();
    ASSERT_TRUE(one);
    ASSERT_TRUE(other);
    ASSERT_EQ(world.AskDatabase("SELECT CONCAT(COUNT(*), ' ', SUM(state = '11'))"
                                " FROM timeslot_friendships WHERE low_id = 4680"
                                " AND high_id = 4711"),
              "1 1");
    ASSERT_EQ(world.AskDatabase("SELECT COUNT(*) FROM timeslot_friendships"), "7");
  }
}

}  // namespace
}  // namespace rosterd::timeslot
