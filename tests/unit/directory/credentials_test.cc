#include "directory/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using ::testing::ElementsAre;
using Kind = Refusal::Kind;

Credentials::Request KeyOf(UserId user) {
  Credentials::Request request;
  request.dialect = "test";
  request.kind = "key";
  request.user = user;
  return request;
}

TEST(Credentials, AreStoredAsADigest) {
  World world;
  const UserId id = world.Add("ann");

  const auto issued = world.credentials.Issue(world.actor, KeyOf(id), "abc");

  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->secret, "abc");
  EXPECT_EQ(
      world.database.Ask("SELECT CONCAT(id, ' ', form, ' ', LOWER(HEX(digest))) FROM credentials"),
      std::to_string(issued->id) +
          " sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Credentials, AreAuditedByKindAndId) {
  World world;
  const UserId id = world.Add("ann");
  const uint64_t key = world.Issue(id, "key");

  ASSERT_TRUE(world.credentials.Revoke(world.actor, key));

  const std::string name = "key:" + std::to_string(key);
  EXPECT_THAT(world.AuditOf(id),
              ElementsAre("user.create username", "key.add " + name, "key.revoke " + name));
}

TEST(Credentials, LeaveTheEpochAloneWhenTheyAreNew) {
  World world;
  const UserId id = world.Add("ann");
  const uint64_t epoch = world.epoch.Get();

  world.Issue(id, "token");

  EXPECT_EQ(world.epoch.Get(), epoch);
}

TEST(Credentials, MayBelongToNobody) {
  World world;
  Credentials::Request application = KeyOf({});
  application.kind = "application";

  EXPECT_TRUE(world.credentials.Issue(world.actor, application, "abc"));
}

TEST(Credentials, AreRefusedToTheDeletedAndTheUnknown) {
  World world;
  const UserId id = world.Add("ann");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  EXPECT_TRUE(IsRefusal(world.credentials.Issue(world.actor, KeyOf(id), "abc"), Kind::kNotFound));
  EXPECT_TRUE(
      IsRefusal(world.credentials.Issue(world.actor, KeyOf({999}), "abc"), Kind::kNotFound));
}

TEST(Credentials, EndOnce) {
  World world;
  const uint64_t key = world.Issue(world.Add("ann"), "key");
  const uint64_t epoch = world.epoch.Get();

  EXPECT_TRUE(world.credentials.Revoke(world.actor, key));
  EXPECT_GT(world.epoch.Get(), epoch);
  EXPECT_TRUE(IsRefusal(world.credentials.Revoke(world.actor, key), Kind::kNotFound));
  EXPECT_TRUE(IsRefusal(world.credentials.Revoke(world.actor, 999), Kind::kNotFound));
}

TEST(Credentials, EndWhenTheirTimeIsOver) {
  World world;
  const UserId id = world.Add("ann");
  Credentials::Request request = KeyOf(id);
  request.lifetime = std::chrono::seconds{0};
  ASSERT_TRUE(world.credentials.Issue(world.actor, request, "abc"));
  request.lifetime = std::chrono::seconds{600};
  request.kind = "token";
  ASSERT_TRUE(world.credentials.Issue(world.actor, request, "def"));

  EXPECT_THAT(world.LiveKinds(id), ElementsAre("token"));
}

TEST(Credentials, EndTheOthersWhenThereMayBeOnlyOne) {
  World world;
  const UserId id = world.Add("ann");
  world.Issue(id, "token", "t");
  world.Issue(id, "key", "one");
  Credentials::Request request = KeyOf(id);
  request.only_one = true;
  const uint64_t epoch = world.epoch.Get();

  const auto issued = world.credentials.Issue(world.actor, request, "two");

  ASSERT_TRUE(issued);
  EXPECT_THAT(world.LiveKinds(id), ElementsAre("token", "key"));
  EXPECT_GT(world.epoch.Get(), epoch);
  EXPECT_EQ(
      world.database.Ask("SELECT id FROM credentials WHERE kind = 'key' AND revoked_at IS NULL"),
      std::to_string(issued->id));
}

TEST(Credentials, EndTheOldestBeyondSoMany) {
  World world;
  const UserId id = world.Add("ann");
  world.Issue(id, "token", "t");
  Credentials::Request request = KeyOf(id);
  request.at_most = 2;

  for (const char* secret : {"one", "two", "three"}) {
    ASSERT_TRUE(world.credentials.Issue(world.actor, request, secret));
  }

  EXPECT_THAT(world.LiveKinds(id), ElementsAre("token", "key", "key"));
  EXPECT_EQ(world.database.Ask("SELECT revoked_at IS NOT NULL FROM credentials"
                               " WHERE digest = UNHEX(SHA2('one', 256))"),
            "1");
}

TEST(Credentials, LeaveOneWhenManyRequestsWantToBeTheOnlyOne) {
  World world;
  const UserId id = world.Add("ann");
  Credentials::Request request = KeyOf(id);
  request.only_one = true;
  std::vector<std::thread> racers;
  for (int racer = 0; racer < 8; ++racer) {
    racers.emplace_back([&, racer] {
      db::Connection connection(world.database.Settings());
      Credentials credentials(connection, world.epoch);
      EXPECT_TRUE(credentials.Issue(world.actor, request, "secret" + std::to_string(racer)));
    });
  }
  for (std::thread& racer : racers) racer.join();

  EXPECT_EQ(world.LiveKinds(id).size(), 1U);
}

TEST(Credentials, AreImportedAsTheyAre) {
  World world;
  const UserId id = world.Add("ann");

  const auto imported =
      world.connection.Transaction([&](db::Session& session) -> Outcome<uint64_t> {
        return Credentials::ImportHash(session, world.actor, KeyOf(id), kBcryptOfSecret1,
                                       db::Now());
      });

  ASSERT_TRUE(imported);
  EXPECT_EQ(world.database.Ask("SELECT CONCAT(form, ' ', digest) FROM credentials"),
            "crypt $2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2");
}

}  // namespace
}  // namespace rosterd::directory
