#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/persons.h"
#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Refusal::Kind;

UserId AddWithCredentials(World& world) {
  const UserId id = world.Add("ann", "ann@example.org");
  world.Issue(id, "key", "k");
  world.Issue(id, "token", "t");
  world.Issue(id, "login_link", "l");
  return id;
}

Outcome<std::monostate> Refuse(db::Session&, const db::Person&) { return Kind::kByDialect; }

TEST(DeletePerson, EndsAllCredentialsAtOnce) {
  World world;
  const UserId id = AddWithCredentials(world);
  const uint64_t epoch = world.epoch.Get();

  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  EXPECT_THAT(world.LiveKinds(id), IsEmpty());
  EXPECT_GT(world.epoch.Get(), epoch);
  EXPECT_NE(world.Find(id).deleted_at, std::nullopt);
  EXPECT_EQ(world.AuditOf(id).back(), "user.delete deleted_at");
}

TEST(DeletePerson, FreesItsNames) {
  World world;
  const UserId id = world.Add("ann", "ann@example.org");

  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  EXPECT_NE(world.Add("ANN", "ANN@example.org"), id);
}

TEST(DeletePerson, KeepsItsNamesWhenTheSettingSaysSo) {
  World world(config::Directory{.reserve_deleted_names = true, .trash_days = 0});
  const UserId id = world.Add("ann", "ann@example.org");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  NewPerson again;
  again.person.username = "Ann";
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, again), Kind::kUsernameTaken));
  again.person.username = "bob";
  again.person.email = "Ann@example.org";
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, again), Kind::kEmailTaken));
  EXPECT_TRUE(world.persons.Restore(world.actor, id));
}

TEST(DeletePerson, IsDoneOnce) {
  World world;
  const UserId id = world.Add("ann");

  EXPECT_TRUE(world.persons.Delete(world.actor, id));
  EXPECT_TRUE(IsRefusal(world.persons.Delete(world.actor, id), Kind::kNotFound));
  EXPECT_TRUE(IsRefusal(world.persons.Delete(world.actor, {999}), Kind::kNotFound));
}

TEST(DeletePerson, MayBeRefusedByTheDialect) {
  World world;
  const UserId id = AddWithCredentials(world);

  EXPECT_TRUE(IsRefusal(world.persons.Delete(world.actor, id, Refuse), Kind::kByDialect));

  EXPECT_EQ(world.Find(id).deleted_at, std::nullopt);
  EXPECT_EQ(world.LiveKinds(id).size(), 3U);
}

TEST(RestorePerson, BringsItBackWithoutItsCredentials) {
  World world;
  const UserId id = AddWithCredentials(world);
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(world.persons.Restore(world.actor, id));

  EXPECT_EQ(world.Find(id).deleted_at, std::nullopt);
  EXPECT_EQ(world.Find(id).email, "ann@example.org");
  EXPECT_THAT(world.LiveKinds(id), IsEmpty());
  EXPECT_EQ(world.AuditOf(id).back(), "user.restore deleted_at");
  NewPerson again;
  again.person.username = "ann";
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, again), Kind::kUsernameTaken));
}

TEST(RestorePerson, IsRefusedOntoATakenName) {
  World world;
  const UserId ann = world.Add("ann", "ann@example.org");
  const UserId bob = world.Add("bob", "bob@example.org");
  ASSERT_TRUE(world.persons.Delete(world.actor, ann));
  ASSERT_TRUE(world.persons.Delete(world.actor, bob));
  world.Add("Ann");
  world.Add("rob", "Bob@example.org");

  EXPECT_TRUE(IsRefusal(world.persons.Restore(world.actor, ann), Kind::kUsernameTaken));
  EXPECT_TRUE(IsRefusal(world.persons.Restore(world.actor, bob), Kind::kEmailTaken));
  EXPECT_NE(world.Find(ann).deleted_at, std::nullopt);
}

TEST(RestorePerson, KeepsItsRealm) {
  World world;
  NewPerson ann;
  ann.person.username = "ann";
  ann.person.email = "ann@example.org";
  ann.realm = {"1"};
  const UserId id = world.persons.Create(world.actor, ann).value();
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  world.Add("other", "ann@example.org");

  EXPECT_TRUE(world.persons.Restore(world.actor, id));
}

TEST(RestorePerson, FindsOnlyTheDeleted) {
  World world;
  const UserId id = world.Add("ann");

  EXPECT_TRUE(IsRefusal(world.persons.Restore(world.actor, id), Kind::kNotFound));
  EXPECT_TRUE(IsRefusal(world.persons.Restore(world.actor, {999}), Kind::kNotFound));
}

TEST(PurgePerson, ErasesWhatIsPersonal) {
  World world;
  const UserId id = AddWithCredentials(world);
  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) {
    person.first_name = "Ann";
    person.phone = "12";
    person.picture = "https://example.org/ann.png";
    person.password = {std::string(kBcryptOfSecret1), ""};
  }));
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(world.persons.Purge(world.actor, id));

  EXPECT_EQ(world.database.Ask("SELECT CONCAT(username, IFNULL(email, ''), phone, first_name,"
                               " picture, password_hash) FROM users"),
            "");
  EXPECT_EQ(world.database.Ask("SELECT COUNT(*) FROM credentials"), "0");
  EXPECT_EQ(world.AuditOf(id).back(), "user.purge ");
  EXPECT_EQ(world.AuditOf(id).front(), "user.create username,email");
}

TEST(PurgePerson, ForgetsWhereItsOwnChangesCameFrom) {
  World world;
  const UserId id = world.Add("ann");
  world.actor.user = id;
  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) { person.phone = "12"; }));
  world.actor.user = {7};
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(world.persons.Purge(world.actor, id));

  for (const db::AuditRow& row : world.AuditRows(id)) {
    EXPECT_EQ(row.address, row.action == "user.update" ? "" : "127.0.0.1") << row.action;
  }
}

TEST(PurgePerson, AsksTheDialectsToEraseTheirs) {
  World world;
  const UserId id = world.Add("ann");
  UserId erased;
  world.persons.OnPurge([&](db::Session&, UserId user) { erased = user; });
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(world.persons.Purge(world.actor, id));

  EXPECT_EQ(erased, id);
}

TEST(PurgePerson, IsForTheDeletedAndForGood) {
  World world;
  const UserId id = world.Add("ann");
  EXPECT_TRUE(IsRefusal(world.persons.Purge(world.actor, id), Kind::kNotFound));
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  ASSERT_TRUE(world.persons.Purge(world.actor, id));

  EXPECT_TRUE(IsRefusal(world.persons.Purge(world.actor, id), Kind::kNotFound));
  EXPECT_TRUE(IsRefusal(world.persons.Restore(world.actor, id), Kind::kNotFound));
  EXPECT_GT(world.Add("ann"), id);
}

TEST(PurgePerson, MayBeRefusedByTheDialect) {
  World world;
  const UserId id = world.Add("ann");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  EXPECT_TRUE(IsRefusal(world.persons.Purge(world.actor, id, Refuse), Kind::kByDialect));

  EXPECT_EQ(world.Find(id).username, "ann");
}

TEST(PurgeExpired, TakesThoseWhoseTimeIsOver) {
  World world(config::Directory{.reserve_deleted_names = false, .trash_days = 30});
  const UserId old = world.Add("old");
  const UserId recent = world.Add("recent");
  const UserId live = world.Add("live");
  ASSERT_TRUE(world.persons.Delete(world.actor, old));
  ASSERT_TRUE(world.persons.Delete(world.actor, recent));
  world.database.Execute("UPDATE users SET deleted_at = deleted_at - INTERVAL 31 DAY WHERE id = " +
                         std::to_string(old.value));

  EXPECT_EQ(world.persons.PurgeExpired(world.actor, 10).value(), 1);
  EXPECT_EQ(world.persons.PurgeExpired(world.actor, 10).value(), 0);
  EXPECT_EQ(world.Find(old).username, "");
  EXPECT_EQ(world.Find(recent).username, "recent");
  EXPECT_EQ(world.Find(live).username, "live");
}

TEST(PurgeExpired, TakesNobodyWhenTheTrashIsForEver) {
  World world;
  const UserId id = world.Add("ann");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  world.database.Execute("UPDATE users SET deleted_at = '2001-01-01'");

  EXPECT_EQ(world.persons.PurgeExpired(world.actor, 10).value(), 0);
  EXPECT_EQ(world.Find(id).username, "ann");
}

TEST(NewPassword, EndsTokensAndKeepsKeys) {
  World world;
  const UserId id = AddWithCredentials(world);
  const uint64_t epoch = world.epoch.Get();

  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) {
    person.password = {std::string(kBcryptOfSecret1), ""};
  }));

  EXPECT_THAT(world.LiveKinds(id), ElementsAre("key"));
  EXPECT_GT(world.epoch.Get(), epoch);
  EXPECT_EQ(world.AuditOf(id).back(), "user.update password");
  EXPECT_EQ(world.database.Ask("SELECT password_changed_at = updated_at FROM users"), "1");
}

TEST(NewPassword, KeepsTheSessionThatMadeIt) {
  World world;
  const UserId id = world.Add("ann");
  world.Issue(id, "token", "other");
  const uint64_t own = world.Issue(id, "token", "own");

  ASSERT_TRUE(world.Edit(id, [own](db::Person& person, EditExtras& extras) {
    person.password = {std::string(kBcryptOfSecret1), ""};
    extras.kept_credential = own;
  }));

  EXPECT_EQ(world.LiveKinds(id).size(), 1U);
  EXPECT_EQ(world.database.Ask("SELECT id FROM credentials WHERE revoked_at IS NULL"),
            std::to_string(own));
}

TEST(NewPassword, EndsKeysWhereTheContractSaysSo) {
  World world;
  const UserId id = AddWithCredentials(world);

  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras& extras) {
    person.password = {std::string(kBcryptOfSecret1), ""};
    extras.kept_kinds.clear();
  }));

  EXPECT_THAT(world.LiveKinds(id), IsEmpty());
}

TEST(BarredPerson, LosesItsSessionsButNotItsKeys) {
  for (const auto status : {db::Status::kPending, db::Status::kDisabled, db::Status::kHidden}) {
    World world;
    const UserId id = AddWithCredentials(world);
    const uint64_t epoch = world.epoch.Get();

    ASSERT_TRUE(
        world.Edit(id, [status](db::Person& person, EditExtras&) { person.status = status; }));

    EXPECT_THAT(world.LiveKinds(id), ElementsAre("key"));
    EXPECT_GT(world.epoch.Get(), epoch);
  }
}

TEST(BarredPerson, LosesItsSessionsWhenBlocked) {
  World world;
  const UserId id = AddWithCredentials(world);

  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) { person.blocked = true; }));

  EXPECT_THAT(world.LiveKinds(id), ElementsAre("key"));
}

TEST(CredentialEpoch, StandsStillForChangesThatOpenNoDoor) {
  World world;
  const UserId id = AddWithCredentials(world);
  const uint64_t epoch = world.epoch.Get();

  ASSERT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) { person.phone = "1"; }));

  EXPECT_EQ(world.epoch.Get(), epoch);
  EXPECT_EQ(world.LiveKinds(id).size(), 3U);
}

TEST(CredentialEpoch, MovesWhenADialectsRightsChanged) {
  World world;
  const UserId id = world.Add("ann");
  const uint64_t epoch = world.epoch.Get();

  ASSERT_TRUE(world.Edit(id, [](db::Person&, EditExtras& extras) {
    extras.more_fields = {"group"};
    extras.rights_changed = true;
  }));

  EXPECT_GT(world.epoch.Get(), epoch);
}

/// Renames a person, and deletes or restores it where `deleted` says so.
Outcome<db::Person> Amend(World& world, UserId id, std::optional<bool> deleted) {
  const auto edit = [=](db::Session&, db::Person& person,
                        EditExtras& extras) -> Outcome<std::monostate> {
    person.first_name += "!";
    extras.deleted = deleted;
    return std::monostate();
  };
  return world.persons.Amend(world.actor, id, edit);
}

TEST(AmendPerson, EditsADeletedOneAndLeavesItDeleted) {
  World world;
  const UserId id = world.Add("ann", "ann@example.org");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(Amend(world, id, std::nullopt));

  EXPECT_EQ(world.Find(id).first_name, "!");
  EXPECT_NE(world.Find(id).deleted_at, std::nullopt);
  EXPECT_TRUE(world.Add("ann", "ann@example.org").value != 0) << "its names stay free";
}

TEST(AmendPerson, DeletesWithTheEditAndEndsAllCredentials) {
  World world;
  const UserId id = AddWithCredentials(world);
  const uint64_t epoch = world.epoch.Get();

  ASSERT_TRUE(Amend(world, id, true));

  EXPECT_EQ(world.Find(id).first_name, "!");
  EXPECT_NE(world.Find(id).deleted_at, std::nullopt);
  EXPECT_THAT(world.LiveKinds(id), IsEmpty());
  EXPECT_GT(world.epoch.Get(), epoch);
  EXPECT_EQ(world.AuditOf(id).back(), "user.delete deleted_at");
}

TEST(AmendPerson, RestoresWithTheEditAndBringsNoCredentialBack) {
  World world;
  const UserId id = AddWithCredentials(world);
  ASSERT_TRUE(world.persons.Delete(world.actor, id));

  ASSERT_TRUE(Amend(world, id, false));

  EXPECT_EQ(world.Find(id).deleted_at, std::nullopt);
  EXPECT_THAT(world.LiveKinds(id), IsEmpty());
  EXPECT_EQ(world.AuditOf(id).back(), "user.restore deleted_at");
}

TEST(AmendPerson, RestoresNobodyOntoATakenNameAndChangesNothing) {
  World world;
  const UserId id = world.Add("ann", "ann@example.org");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  world.Add("ann");

  EXPECT_TRUE(IsRefusal(Amend(world, id, false), Kind::kUsernameTaken));

  EXPECT_EQ(world.Find(id).first_name, "");
  EXPECT_NE(world.Find(id).deleted_at, std::nullopt);
}

TEST(AmendPerson, DoesNotFindAPurgedOne) {
  World world;
  const UserId id = world.Add("ann");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  ASSERT_TRUE(world.persons.Purge(world.actor, id));

  EXPECT_TRUE(IsRefusal(Amend(world, id, false), Kind::kNotFound));
}

TEST(UpdatePerson, NeverDeletes) {
  World world;
  const UserId id = world.Add("ann");

  EXPECT_TRUE(world.Edit(id, [](db::Person&, EditExtras& extras) { extras.deleted = true; }));

  EXPECT_EQ(world.Find(id).deleted_at, std::nullopt);
}

}  // namespace
}  // namespace rosterd::directory
